import { afterEach } from 'vitest';
import { setLocale } from '../../src/i18n/locale.svelte';

// Component tests share one page: whatever language a test leaves it in, the next begins in English.
afterEach(() => setLocale('en'));
