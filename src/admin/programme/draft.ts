import { PLAIN_TERMS, type Programme } from '../../domain/member';
import { minorDigits, readAmount } from '../../domain/money';
import { amountText } from '../format';
import { currencyOfCountry, usualAmount } from './countries';

const MAX_POINTS = 1_000_000;
const MAX_AMOUNT = 1_000_000_000;
const MAX_HOURS = 720;

/** The rules as somebody is typing them. */
export type Draft = {
  country: string;
  currency: string;
  visit: string;
  givesForAmount: boolean;
  amountPoints: string;
  /** In major units, as everything typed here. */
  per: string;
  welcome: string;
  birthday: string;
  cooldown: string;
};

export type Problem = 'bad_points' | 'bad_amount_points' | 'bad_amount' | 'bad_hours';
export type Problems = Partial<Record<keyof Draft, Problem>>;

/** What most shops may begin with. */
export function usualDraft(country: string): Draft {
  const currency = currencyOfCountry(country) ?? 'EUR';
  return {
    country,
    currency,
    visit: '10',
    givesForAmount: true,
    amountPoints: '1',
    per: usualPer(currency),
    welcome: '50',
    birthday: '50',
    cooldown: '4',
  };
}

/** As it is typed: about what a euro buys. */
export const usualPer = (currency: string): string =>
  amountText(usualAmount(currency) * 10 ** minorDigits(currency), currency);

export function draftOf(programme: Programme): Draft {
  const { currency, points_per_amount: perAmount } = programme;
  return {
    country: programme.country,
    currency,
    visit: String(programme.points_per_visit),
    givesForAmount: perAmount !== null,
    amountPoints: String(perAmount?.points ?? 1),
    per: perAmount ? amountText(perAmount.per, currency) : usualPer(currency),
    welcome: String(programme.welcome_points),
    birthday: String(programme.birthday_points),
    cooldown: String(programme.cooldown_hours),
  };
}

/** The programme that is meant, or what is wrong with each field. */
export function readDraft(draft: Draft): { programme: Programme } | { problems: Problems } {
  const visit = readPoints(draft.visit);
  const welcome = readPoints(draft.welcome);
  const birthday = readPoints(draft.birthday);
  const cooldown = readHours(draft.cooldown);
  const perAmount = draft.givesForAmount ? readPerAmount(draft) : null;
  if (
    visit === null ||
    welcome === null ||
    birthday === null ||
    cooldown === null ||
    (perAmount && 'problems' in perAmount)
  ) {
    return {
      problems: {
        ...(visit === null && { visit: 'bad_points' }),
        ...(welcome === null && { welcome: 'bad_points' }),
        ...(birthday === null && { birthday: 'bad_points' }),
        ...(cooldown === null && { cooldown: 'bad_hours' }),
        ...(perAmount && 'problems' in perAmount && perAmount.problems),
      },
    };
  }
  return {
    programme: {
      country: draft.country,
      currency: draft.currency,
      cooldown_hours: cooldown,
      points_per_visit: visit,
      points_per_amount: perAmount,
      welcome_points: welcome,
      birthday_points: birthday,
      ...PLAIN_TERMS,
    },
  };
}

function readPerAmount({
  amountPoints,
  per: perText,
  currency,
}: Draft): { points: number; per: number } | { problems: Problems } {
  const points = readPoints(amountPoints);
  const per = readAmount(perText, currency);
  const hasPoints = points !== null && points > 0;
  const hasAmount = per !== null && per > 0 && per <= MAX_AMOUNT;
  if (hasPoints && hasAmount) return { points, per };
  return {
    problems: {
      ...(!hasPoints && { amountPoints: 'bad_amount_points' }),
      ...(!hasAmount && { per: 'bad_amount' }),
    },
  };
}

function readPoints(text: string): number | null {
  const bare = text.replaceAll(/\s/g, '');
  return /^\d{1,7}$/.test(bare) && Number(bare) <= MAX_POINTS ? Number(bare) : null;
}

/** Half an hour is typed as 0.5 or 0,5. */
function readHours(text: string): number | null {
  const bare = text.trim().replace(',', '.');
  return /^\d{1,3}(\.\d{1,2})?$/.test(bare) && Number(bare) <= MAX_HOURS ? Number(bare) : null;
}
