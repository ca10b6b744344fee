import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../../src/domain/sync';
import { setLocale } from '../../../src/i18n/locale.svelte';
import { syncWords } from '../../../src/i18n/sync-words';

const now = new Date(2026, 5, 17, 16, 30).getTime();
const lastSentAt = new Date(2026, 5, 17, 14, 5).getTime();
const offline: SyncStatus = { connection: 'offline', waiting: 12, quarantined: 0, lastSentAt };

describe('the words for a tablet’s queue', () => {
  it.each([
    ['en', 'Offline · 12 waiting · last sent 14:05'],
    ['ru', 'Нет сети · 12 записей ждут отправки · последняя отправка: 14:05'],
    ['bg', 'Офлайн · 12 записа чакат · последно изпращане: 14:05'],
  ] as const)('say in %s what waits and since when', (locale, words) => {
    setLocale(locale);
    expect(syncWords(offline, now)).toEqual({ tone: 'waiting', words });
  });

  it('are one word when all is well', () => {
    const status: SyncStatus = { connection: 'online', waiting: 0, quarantined: 0, lastSentAt };
    expect(syncWords(status, now)).toEqual({ tone: 'good', words: 'Online' });
  });

  it('name the day when nothing was sent today', () => {
    expect(syncWords(offline, now + 86_400_000).words).toMatch(/last sent .*17.*14:05|last sent .*14:05.*17/);
  });

  it('ask for a person when the pairing is gone or records were set aside', () => {
    expect(syncWords({ ...offline, connection: 'paused' }, now)).toMatchObject({ tone: 'attention' });
    const aside = syncWords({ connection: 'online', waiting: 0, quarantined: 2, lastSentAt }, now);
    expect(aside).toEqual({ tone: 'attention', words: 'Online · 2 set aside' });
  });
});
