import type { ReportTablet } from '../../backend/owner-calls';
import { isSilent, livePairings } from '../tablets/tablet-state';

/** How far the figures can be trusted to hold everything that was said. */
export type Completeness =
  | { kind: 'no-tablets' }
  /** Every live tablet has reported lately and keeps nothing back. */
  | { kind: 'complete'; until: number }
  /** `until` is null when a tablet has never been heard of. */
  | {
      kind: 'partial';
      until: number | null;
      /** Of `tablets` live ones in all. */
      silent: { name: string; location: string; forMs: number | null }[];
      tablets: number;
      waiting: number;
      missing: number;
    };

export function completenessOf(tablets: readonly ReportTablet[], now: number): Completeness {
  const live = livePairings(tablets);
  if (live.length === 0) return { kind: 'no-tablets' };
  const seen = live.map(({ last_seen_at }) => (last_seen_at === null ? null : Date.parse(last_seen_at)));
  const until = seen.reduce<number | null>(
    (a, b) => (a === null || b === null ? null : Math.min(a, b)),
    Infinity,
  );
  const silent = live.flatMap((tablet, index) =>
    isSilent(tablet, now)
      ? [
          {
            name: tablet.name,
            location: tablet.location,
            forMs: seen[index] === null ? null : now - seen[index]!,
          },
        ]
      : [],
  );
  const waiting = live.reduce((sum, tablet) => sum + tablet.waiting, 0);
  // What was lost with a cleared browser is missing for good, whoever has taken its place.
  const missing = tablets
    .filter((tablet) => live.includes(tablet) || tablet.gone_at !== null)
    .reduce((sum, tablet) => sum + tablet.missing, 0);
  if (silent.length === 0 && waiting === 0 && missing === 0 && until !== null)
    return { kind: 'complete', until };
  return { kind: 'partial', until, silent, tablets: live.length, waiting, missing };
}
