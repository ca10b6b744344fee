import { describe, expect, it } from 'vitest';
import { draftOf, readDraft, usualDraft } from '../../../src/admin/programme/draft';
import { exampleWords, giftWords } from '../../../src/admin/programme/programme-words';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import { setLocale } from '../../../src/i18n/locale.svelte';

const programme: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 0.5,
  points_per_visit: 10,
  points_per_amount: { points: 1, per: 100 },
  welcome_points: 1,
  birthday_points: 0,
  ...PLAIN_TERMS,
};
const spaces = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the form of the programme', () => {
  it.each(['en', 'ru', 'bg'] as const)('gives back what it was made of, typed in %s', (locale) => {
    setLocale(locale);
    const byVisits = { ...programme, points_per_amount: null };
    expect(readDraft(draftOf(programme))).toEqual({ programme });
    expect(readDraft(draftOf(byVisits))).toEqual({ programme: byVisits });
  });

  it.each([
    ['BG', 'EUR', 100],
    ['JP', 'JPY', 100],
    ['RU', 'RUB', 10_000],
    ['KW', 'KWD', 1000],
  ])('begins in %s with one point for a usual amount of %s', (country, currency, per) => {
    expect(readDraft(usualDraft(country))).toMatchObject({
      programme: { country, currency, points_per_amount: { points: 1, per } },
    });
  });

  it('names every field that is wrong', () => {
    const wrong = {
      visit: '1.5',
      welcome: '',
      birthday: '1000001',
      cooldown: '721',
      amountPoints: '0',
      per: '0',
    };
    expect(readDraft({ ...draftOf(programme), ...wrong })).toEqual({
      problems: {
        visit: 'bad_points',
        welcome: 'bad_points',
        birthday: 'bad_points',
        cooldown: 'bad_hours',
        amountPoints: 'bad_amount_points',
        per: 'bad_amount',
      },
    });
  });

  it('does not mind what was typed for amounts that give nothing', () => {
    const draft = { ...draftOf(programme), givesForAmount: false, per: 'oops' };
    expect(readDraft(draft)).toMatchObject({ programme: { points_per_amount: null } });
  });
});

describe('what a customer gets, in words', () => {
  it('leaves out the rules that give nothing', () => {
    expect(giftWords(programme)).toEqual([
      '1 point for joining',
      '10 points for every visit',
      '1 point for every full €1.00 of a sale',
      'Nothing for coming back within 0.5 hours',
    ]);
  });

  it('says so when no rule gives anything', () => {
    const nothing = { ...programme, points_per_visit: 0, points_per_amount: null, welcome_points: 0 };
    expect(giftWords(nothing)).toEqual(['Nothing so far: every rule gives 0 points.']);
  });

  it('adds up an example, in the plural that people there use', () => {
    expect(exampleWords(programme, 1250)).toBe('A visit with a sale of €12.50 gives 10 + 12 = 22 points.');
    setLocale('ru');
    expect(spaces(exampleWords(programme, 1250))).toBe(
      'Визит с покупкой на 12,50 € даёт 10 + 12 = 22 балла.',
    );
    setLocale('bg');
    expect(spaces(exampleWords(programme, 1250))).toBe(
      'Посещение с покупка за 12,50 € дава 10 + 12 = 22 точки.',
    );
  });
});
