import type { Programme } from '../../domain/member';
import { minorDigits, readAmount } from '../../domain/money';
import { amountText } from '../format';
import { readWhole } from '../read-number';
import { currencyOfCountry, usualAmount } from './countries';
import { readTiers, tierDrafts, type TierDraft, type TierProblems } from './tier-draft';

const MAX_POINTS = 1_000_000;
const MAX_AMOUNT = 1_000_000_000;
const MAX_HOURS = 720;
const MAX_MONTHS = 120;

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
  referral: string;
  cooldown: string;
  tiers: TierDraft[];
  expires: boolean;
  expiryMonths: string;
  budgetMember: string;
  budgetTablet: string;
};

export type Problem = 'bad_points' | 'bad_amount_points' | 'bad_amount' | 'bad_hours' | 'bad_months';
/** Of the tiers, what is wrong with each in its place. */
export type Problems = Partial<Record<Exclude<keyof Draft, 'tiers'>, Problem>> & { tiers?: TierProblems[] };

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
    referral: '50',
    cooldown: '4',
    tiers: [],
    expires: false,
    expiryMonths: '12',
    budgetMember: '200',
    budgetTablet: '1000',
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
    referral: String(programme.referral_points),
    cooldown: String(programme.cooldown_hours),
    tiers: tierDrafts(programme.tiers),
    expires: programme.expiry_months !== null,
    expiryMonths: String(programme.expiry_months ?? 12),
    budgetMember: String(programme.offline_budget.member),
    budgetTablet: String(programme.offline_budget.tablet),
  };
}

/** The programme that is meant, or what is wrong with each field. */
export function readDraft(draft: Draft): { programme: Programme } | { problems: Problems } {
  const problems: Problems = {};
  /** A value, or a stand-in that never leaves here because of its problem. */
  const known = (field: Exclude<keyof Draft, 'tiers'>, value: number | null, problem: Problem): number => {
    if (value === null) problems[field] = problem;
    return value ?? 0;
  };
  const points = (field: 'visit' | 'welcome' | 'birthday' | 'referral' | 'budgetMember' | 'budgetTablet') =>
    known(field, readWhole(draft[field], 0, MAX_POINTS), 'bad_points');
  const perAmount = draft.givesForAmount ? readPerAmount(draft) : null;
  if (perAmount && 'problems' in perAmount) Object.assign(problems, perAmount.problems);
  const tiers = readTiers(draft.tiers);
  if ('problems' in tiers) problems.tiers = tiers.problems;
  const programme: Programme = {
    country: draft.country,
    currency: draft.currency,
    cooldown_hours: known('cooldown', readHours(draft.cooldown), 'bad_hours'),
    points_per_visit: points('visit'),
    points_per_amount: perAmount && 'points' in perAmount ? perAmount : null,
    welcome_points: points('welcome'),
    birthday_points: points('birthday'),
    referral_points: points('referral'),
    tiers: 'tiers' in tiers ? tiers.tiers : [],
    expiry_months: draft.expires
      ? known('expiryMonths', readWhole(draft.expiryMonths, 1, MAX_MONTHS), 'bad_months')
      : null,
    offline_budget: { member: points('budgetMember'), tablet: points('budgetTablet') },
  };
  return Object.keys(problems).length === 0 ? { programme } : { problems };
}

function readPerAmount({
  amountPoints,
  per: perText,
  currency,
}: Draft): { points: number; per: number } | { problems: Problems } {
  const points = readWhole(amountPoints, 1, MAX_POINTS);
  const per = readAmount(perText, currency);
  const hasPoints = points !== null;
  const hasAmount = per !== null && per > 0 && per <= MAX_AMOUNT;
  if (hasPoints && hasAmount) return { points, per };
  return {
    problems: {
      ...(!hasPoints && { amountPoints: 'bad_amount_points' }),
      ...(!hasAmount && { per: 'bad_amount' }),
    },
  };
}

/** Half an hour is typed as 0.5 or 0,5. */
function readHours(text: string): number | null {
  const bare = text.trim().replace(',', '.');
  return /^\d{1,3}(\.\d{1,2})?$/.test(bare) && Number(bare) <= MAX_HOURS ? Number(bare) : null;
}
