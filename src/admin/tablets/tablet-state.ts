import type { ReportTablet } from '../../backend/owner-calls';

/** A tablet reports every minute or so while it is on; after this long it is off, offline or gone. */
const SILENT_AFTER_MS = 15 * 60_000;

export type TabletState =
  | { kind: 'import' }
  | { kind: 'never-paired' }
  | { kind: 'revoked' }
  | { kind: 'clone-suspected'; clashes: number }
  /** The browser's storage was cleared, with the pairing and with so many answers in it. */
  | { kind: 'gone'; count: number }
  /** So many answers were on the tablet and are there no more. */
  | { kind: 'lost'; count: number }
  | { kind: 'silent'; forMs: number | null }
  | { kind: 'quarantined'; count: number }
  | { kind: 'missing'; count: number }
  | { kind: 'waiting'; count: number }
  | { kind: 'complete' };

/** The one thing most worth saying of a pairing; what needs a person comes first. */
export function tabletState(tablet: ReportTablet, now: number): TabletState {
  if (tablet.kind === 'import') return { kind: 'import' };
  if (tablet.pairing === null) return { kind: 'never-paired' };
  if (tablet.revoked_at !== null) return { kind: 'revoked' };
  if (tablet.seq_clashes > 0) return { kind: 'clone-suspected', clashes: tablet.seq_clashes };
  if (tablet.gone_at !== null) return { kind: 'gone', count: tablet.missing };
  if (tablet.lost > 0 && tablet.missing > 0) return { kind: 'lost', count: tablet.missing };
  if (isSilent(tablet, now)) {
    return {
      kind: 'silent',
      forMs: tablet.last_seen_at === null ? null : now - Date.parse(tablet.last_seen_at),
    };
  }
  if (tablet.quarantined > 0) return { kind: 'quarantined', count: tablet.quarantined };
  if (tablet.missing > 0) return { kind: 'missing', count: tablet.missing };
  if (tablet.waiting > 0) return { kind: 'waiting', count: tablet.waiting };
  return { kind: 'complete' };
}

export function isSilent(tablet: ReportTablet, now: number): boolean {
  return tablet.last_seen_at === null || now - Date.parse(tablet.last_seen_at) > SILENT_AFTER_MS;
}

/** Pairings that may still send: of a tablet paired anew, the older ones count until they are revoked or replaced. */
export function livePairings(tablets: readonly ReportTablet[]): ReportTablet[] {
  const latest = new Map<string, ReportTablet>();
  for (const tablet of tablets) {
    if (tablet.kind !== 'kiosk' || tablet.pairing === null || tablet.revoked_at !== null) continue;
    const known = latest.get(tablet.tablet);
    if (!known || Date.parse(known.paired_at ?? '') <= Date.parse(tablet.paired_at ?? '')) {
      latest.set(tablet.tablet, tablet);
    }
  }
  return [...latest.values()];
}

/** An earlier pairing of a tablet that has been paired anew since, with nothing left to say: all it made has arrived. */
export function isSuperseded(tablet: ReportTablet, tablets: readonly ReportTablet[]): boolean {
  if (tablet.kind !== 'kiosk' || tablet.pairing === null || tablet.paired_at === null) return false;
  const settled = tablet.missing === 0 && tablet.quarantined === 0 && tablet.seq_clashes === 0;
  return (
    settled &&
    tablets.some(
      (other) =>
        other.tablet === tablet.tablet &&
        other.paired_at !== null &&
        Date.parse(other.paired_at) > Date.parse(tablet.paired_at!),
    )
  );
}
