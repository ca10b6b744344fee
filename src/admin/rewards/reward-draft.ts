import type { ReportReward, RewardChange } from '../../backend/owner-calls/rewards';
import type { LocalizedText } from '../../domain/survey';
import { readWhole } from '../read-number';

const MAX_NAME = 60;
const MAX_NUMBER = 1_000_000;

/** A reward as somebody is typing it; days as YYYY-MM-DD, empty for none. */
export type RewardDraft = {
  name: LocalizedText;
  cost: string;
  /** Empty: no limit. */
  stock: string;
  from: string;
  until: string;
};

export type RewardProblems = Partial<Record<'name' | 'cost' | 'stock' | 'until', true>>;

export const emptyReward = (): RewardDraft => ({
  name: { en: '', ru: '', bg: '' },
  cost: '',
  stock: '',
  from: '',
  until: '',
});

/** What is left stands where the stock was told: that is what there is now. */
export const draftOfReward = ({ name, cost, left, from, until }: ReportReward): RewardDraft => ({
  name: { ...name },
  cost: String(cost),
  stock: left === null ? '' : String(Math.max(left, 0)),
  from: from ?? '',
  until: until ?? '',
});

/**
 * The reward that is meant, or what is wrong with each field. `before` is what it is now, null when it is not offered: a
 * stock that nobody touched is left out, so that what is given while the form is open is not put back.
 */
export function readReward(
  draft: RewardDraft,
  picture: string | null,
  before: RewardDraft | null,
): { change: RewardChange } | { problems: RewardProblems } {
  const cost = readWhole(draft.cost, 1, MAX_NUMBER);
  const stock = draft.stock.trim() === '' ? null : readWhole(draft.stock, 0, MAX_NUMBER);
  const isNamed = Object.values(draft.name).every((name) => isBetween(name.trim().length, 1, MAX_NAME));
  const isStockBad = stock === null && draft.stock.trim() !== '';
  const endsBefore = draft.from !== '' && draft.until !== '' && draft.until < draft.from;
  if (!isNamed || cost === null || isStockBad || endsBefore) {
    return {
      problems: {
        ...(!isNamed && { name: true }),
        ...(cost === null && { cost: true }),
        ...(isStockBad && { stock: true }),
        ...(endsBefore && { until: true }),
      },
    };
  }
  const { en, ru, bg } = draft.name;
  return {
    change: {
      name: { en: en.trim(), ru: ru.trim(), bg: bg.trim() },
      cost,
      ...(before?.stock !== draft.stock && { stock }),
      from: draft.from || null,
      until: draft.until || null,
      picture,
    },
  };
}

const isBetween = (n: number, low: number, high: number) => n >= low && n <= high;
