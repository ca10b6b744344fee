import type { ReportTablet } from '../../backend/owner-calls/tablets';
import { newLosses } from '../tablets/losses';
import type { SilentTablet } from '../tablets/silence';
import { livePairings } from '../tablets/tablet-state';

/** How far the figures can be trusted to hold everything that was said. */
export type Completeness =
  | { kind: 'no-tablets' }
  /** Every live tablet is heard, or its location closed, and keeps nothing back. */
  | { kind: 'complete'; until: number }
  /** `until` is null when a tablet has never been heard of. */
  | {
      kind: 'partial';
      until: number | null;
      silent: SilentTablet[];
      waiting: number;
      missing: number;
      /** Whether more is missing than a person has said to have seen. */
      hasNewLosses: boolean;
    };

/** Of these tablets; `silent` may name others as well. */
export function completenessOf(
  tablets: readonly ReportTablet[],
  silent: readonly SilentTablet[],
): Completeness {
  const live = livePairings(tablets);
  if (live.length === 0) return { kind: 'no-tablets' };
  const until = live.reduce<number | null>(
    (earliest, { last_seen_at }) =>
      earliest === null || last_seen_at === null ? null : Math.min(earliest, Date.parse(last_seen_at)),
    Infinity,
  );
  const silentHere = silent.filter(({ tablet }) => live.includes(tablet));
  const waiting = live.reduce((sum, tablet) => sum + tablet.waiting, 0);
  // What was lost with a cleared browser is missing for good, whoever has taken its place.
  const losing = tablets.filter((tablet) => live.includes(tablet) || tablet.gone_at !== null);
  const missing = losing.reduce((sum, tablet) => sum + tablet.missing, 0);
  if (silentHere.length === 0 && waiting === 0 && missing === 0 && until !== null)
    return { kind: 'complete', until };
  return {
    kind: 'partial',
    until,
    silent: silentHere,
    waiting,
    missing,
    hasNewLosses: losing.some((tablet) => newLosses(tablet).missing > 0),
  };
}
