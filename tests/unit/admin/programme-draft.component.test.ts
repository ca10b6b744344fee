import { describe, expect, it } from 'vitest';
import { draftOf, readDraft, usualDraft } from '../../../src/admin/programme/draft';
import { nextTier } from '../../../src/admin/programme/tier-draft';
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
const tier = (name: string, from: number) => ({ name: { en: name, ru: name, bg: name }, from });
const whole: Programme = {
  ...programme,
  referral_points: 25,
  tiers: [tier('Silver', 100), tier('Gold', 500)],
  expiry_months: 12,
  offline_budget: { member: 200, tablet: 1000 },
};
const spaces = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the form of the programme', () => {
  it.each(['en', 'ru', 'bg'] as const)('gives back what it was made of, typed in %s', (locale) => {
    setLocale(locale);
    const byVisits = { ...programme, points_per_amount: null };
    expect(readDraft(draftOf(programme))).toEqual({ programme });
    expect(readDraft(draftOf(whole))).toEqual({ programme: whole });
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
      referral: '-1',
      expires: true,
      expiryMonths: '0',
      budgetMember: 'some',
      budgetTablet: '',
      tiers: [
        { name: { en: 'Silver', ru: ' ', bg: 'Сребро' }, from: '100' },
        { name: { en: 'Gold', ru: 'Золото', bg: 'Злато' }, from: '100' },
        { name: { en: 'Gold', ru: 'Золото', bg: 'Злато' }, from: 'many' },
        { name: { en: 'Gold', ru: 'Золото', bg: 'Злато' }, from: '200' },
      ],
    };
    expect(readDraft({ ...draftOf(programme), ...wrong })).toEqual({
      problems: {
        visit: 'bad_points',
        welcome: 'bad_points',
        birthday: 'bad_points',
        cooldown: 'bad_hours',
        amountPoints: 'bad_amount_points',
        per: 'bad_amount',
        referral: 'bad_points',
        expiryMonths: 'bad_months',
        budgetMember: 'bad_points',
        budgetTablet: 'bad_points',
        tiers: [{ name: true }, { from: 'not_rising' }, { from: 'bad_from' }, {}],
      },
    });
  });

  it('does not mind what was typed for amounts that give nothing', () => {
    const draft = { ...draftOf(programme), givesForAmount: false, per: 'oops' };
    expect(readDraft(draft)).toMatchObject({ programme: { points_per_amount: null } });
  });

  it('does not mind how many months were typed for points that stay', () => {
    const draft = { ...draftOf(programme), expires: false, expiryMonths: 'oops' };
    expect(readDraft(draft)).toMatchObject({ programme: { expiry_months: null } });
  });

  it('begins the first tier at 500 points and each further one at twice the last', () => {
    expect(nextTier([]).from).toBe('500');
    expect(nextTier(draftOf(whole).tiers).from).toBe('1000');
    expect(nextTier([{ name: { en: '', ru: '', bg: '' }, from: '900000000' }]).from).toBe('1000000000');
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

  it('tells of invitations, tiers and expiry where there are any', () => {
    expect(giftWords(whole).slice(3)).toEqual([
      '25 points for inviting somebody, and 25 for who comes',
      'Tiers: Silver and Gold',
      'Nothing for coming back within 0.5 hours',
      'Points lapse after 12 months without a visit',
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
