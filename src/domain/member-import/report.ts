import { emptyRowReport, type RowReport } from '../import/report';

export const ROW_REFUSALS = [
  'row_too_short',
  'phone_missing',
  'phone_unreadable',
  'name_missing',
  'name_too_long',
  'reference_repeated',
  'member_missing',
  'member_repeated',
  'date_missing',
  'date_unreadable',
  'date_in_future',
  'date_too_early',
  'location_missing',
  'amount_unreadable',
  'currency_unknown',
  'receipt_repeated',
  'points_missing',
  'points_unreadable',
  'points_zero',
  'points_too_many',
] as const;
/** Why a row is left out. */
export type RowRefusal = (typeof ROW_REFUSALS)[number];

export const ROW_WARNINGS = [
  'email_unreadable',
  'birthday_unreadable',
  'consent_unreadable',
  'locale_unknown',
  'phone_repeated',
  'joined_missing',
  'time_missing',
  'time_adjusted',
] as const;
/** What was left out of a row, or read with a doubt; none of these costs the row. */
export type RowWarning = (typeof ROW_WARNINGS)[number];

/** What the rows come to. */
export type RowSums = {
  /** Visits of nobody: sales that belong to no member. */
  ofNobody: number;
  /** Sales below zero. */
  refunds: number;
  /** What all sales come to, refunds taken off, in minor units by currency. */
  sales: Map<string, number>;
  /** Points of all balances. */
  points: number;
  /** Members who agreed, by purpose. */
  agreed: Map<string, number>;
};

/** `locations` counts rows. */
export type FileReport = RowReport<RowRefusal, RowWarning> & RowSums;

export function emptyFileReport(): FileReport {
  return {
    ...emptyRowReport<RowRefusal, RowWarning>(),
    ofNobody: 0,
    refunds: 0,
    sales: new Map(),
    points: 0,
    agreed: new Map(),
  };
}

export function add<Key>(sums: Map<Key, number>, key: Key, more: number): void {
  sums.set(key, (sums.get(key) ?? 0) + more);
}
