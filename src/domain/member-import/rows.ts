import type { Locale } from '../locale';
import type { ConsentPurpose } from '../member';
import type { Birthday } from './birthday';

type Placed = {
  /** As the file names it; null when no column does. */
  location: string | null;
  /** Ms since 1970 UTC. */
  at: number;
  /** Minutes to add to UTC for local time in the file's zone at that instant. */
  tzOffset: number;
  /** What makes the row itself and not another, on a second import too. */
  identity: string;
  /** 1 for the first row with this identity, 2 for an identical one further down. */
  occurrence: number;
};

/** `phone` is in E.164; `reference` what the shop's former system called the member. */
export type ImportedMember = Placed & {
  kind: 'member';
  phone: string;
  reference: string | null;
  firstName: string;
  email: string | null;
  birthday: Birthday | null;
  locale: Locale;
  /** Only what the file says: true for a yes, false for a no. */
  consents: Partial<Record<ConsentPurpose, boolean>>;
};

/** Nobody's when both phone and reference are null. */
export type ImportedVisit = Placed & {
  kind: 'visit';
  phone: string | null;
  reference: string | null;
  /** In minor units, below zero for a refund; null when the file names no amount. */
  sale: { amount: number; currency: string } | null;
};

/** One of phone and reference is there. */
export type ImportedBalance = {
  kind: 'balance';
  phone: string | null;
  reference: string | null;
  points: number;
  identity: string;
};

export type ImportedRow = ImportedMember | ImportedVisit | ImportedBalance;
