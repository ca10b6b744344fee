import type { Locale } from '../domain/locale';

/** Each language by its own name: whoever writes in it knows it by that. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', ru: 'Русский', bg: 'Български' };
