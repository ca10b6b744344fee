import { CASE_CAUSES, type CaseCause } from '../case';
import { type Estimated, MIN_N, totalOf } from './estimate';
import { proportion } from './proportion';

/**
 * Why customers leave, as the trade has quoted it for decades (0 … 1, they add up to 1). Who was asked, when and how is not
 * handed down, so it is drawn beside a shop's own shares for orientation and never tested against.
 */
export const PUBLISHED_SHARES: Readonly<Record<CaseCause, number>> = {
  price: 0.1,
  product: 0.14,
  treatment: 0.68,
  moved: 0.05,
  none: 0.03,
};

export type CauseShare = { cause: CaseCause; share: Estimated; published: number };

/** Of the cases with a cause, the share (0 … 1) of each with Wilson's 95 % interval, in the order of CASE_CAUSES. */
export function causeShares(
  counts: Readonly<Record<CaseCause, number>>,
  minimum: number = MIN_N,
): CauseShare[] {
  const n = totalOf(
    CASE_CAUSES.map((cause) => counts[cause]),
    CASE_CAUSES.length,
    'causes',
  );
  return CASE_CAUSES.map((cause) => ({
    cause,
    share: proportion(counts[cause], n, minimum),
    published: PUBLISHED_SHARES[cause],
  }));
}

/** The cause whose interval lies above every other's; null where intervals overlap, and then none is named first. */
export function leadingCause(shares: readonly CauseShare[]): CaseCause | null {
  const leads = shares.find(
    ({ cause, share }) =>
      share.kind === 'estimate' &&
      shares.every(
        (other) => other.cause === cause || (other.share.kind === 'estimate' && other.share.high < share.low),
      ),
  );
  return leads?.cause ?? null;
}
