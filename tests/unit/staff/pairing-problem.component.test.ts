import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../src/backend/failure';
import type { PairReply } from '../../../src/backend/tablet-calls';
import { LOCALES } from '../../../src/domain/locale';
import { setLocale } from '../../../src/i18n/locale.svelte';
import { pairingProblem } from '../../../src/staff/pairing-problem';

const replied = (value: PairReply) => pairingProblem({ ok: true, value });
const failed = (code: FailureCode) => pairingProblem({ ok: false, failure: { code } });

describe('the words for a pairing that did not work', () => {
  it.each([
    ['en', 'This code is not known. Please check it letter by letter.'],
    ['ru', 'Такого кода нет. Проверьте, пожалуйста, каждый знак.'],
    ['bg', 'Няма такъв код. Моля, проверете го знак по знак.'],
  ] as const)('say in %s that the code is not known', (locale, words) => {
    setLocale(locale);
    expect(replied({ outcome: 'unknown_code' })).toBe(words);
    expect(replied({ outcome: 'malformed' })).toBe(words);
  });

  it.each([
    ['en', 60, 'Too many wrong codes. Please wait 1 minute and try again.'],
    ['en', 61, 'Too many wrong codes. Please wait 2 minutes and try again.'],
    ['en', 0, 'Too many wrong codes. Please wait 1 minute and try again.'],
    ['ru', 60, 'Слишком много неверных кодов. Подождите 1 минуту и попробуйте снова.'],
    ['ru', 180, 'Слишком много неверных кодов. Подождите 3 минуты и попробуйте снова.'],
    ['ru', 900, 'Слишком много неверных кодов. Подождите 15 минут и попробуйте снова.'],
    ['bg', 60, 'Твърде много грешни кодове. Моля, изчакайте 1 минута и опитайте отново.'],
    ['bg', 900, 'Твърде много грешни кодове. Моля, изчакайте 15 минути и опитайте отново.'],
  ] as const)('say in %s how many whole minutes %i s are', (locale, seconds, words) => {
    setLocale(locale);
    expect(replied({ outcome: 'throttled', retry_after_s: seconds })).toBe(words);
  });

  it.each(LOCALES)('are different in %s for everything a person can do something about', (locale) => {
    setLocale(locale);
    const words = [
      replied({ outcome: 'unknown_code' }),
      replied({ outcome: 'expired_code' }),
      replied({ outcome: 'used_code' }),
      replied({ outcome: 'throttled', retry_after_s: 30 }),
      failed('unreachable'),
      failed('busy'),
    ];
    expect(new Set(words).size).toBe(words.length);
    expect(words.every((each) => each && !each.includes('staff_'))).toBe(true);
  });

  it('take no answer for the network, and any strange answer for the server', () => {
    expect(failed('timeout')).toBe(failed('unreachable'));
    for (const code of ['forbidden', 'function_missing', 'too_large', 'rejected', 'bad_reply'] as const) {
      expect(failed(code)).toBe(failed('busy'));
    }
  });
});
