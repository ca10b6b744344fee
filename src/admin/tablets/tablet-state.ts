import type { ReportTablet } from '../../backend/owner-calls/tablets';
import { newLosses } from './losses';
import type { Silence } from './silence';

export type TabletState =
  | { kind: 'import' }
  | { kind: 'never-paired' }
  | { kind: 'revoked' }
  | { kind: 'clone-suspected'; clashes: number }
  /** The browser's storage was cleared, with the pairing and with so many answers in it. */
  | { kind: 'gone'; count: number }
  /** So many answers were on the tablet and are there no more. */
  | { kind: 'lost'; count: number }
  | { kind: 'silent'; silence: Silence }
  | { kind: 'quarantined'; count: number }
  | { kind: 'missing'; count: number }
  | { kind: 'waiting'; count: number }
  /** Complete but for so many answers, which a person knows of. */
  | { kind: 'acknowledged'; count: number }
  | { kind: 'complete' };

/** The one thing most worth saying of a pairing; what needs a person comes first. `silence` is null while it is heard. */
export function tabletState(tablet: ReportTablet, silence: Silence | null): TabletState {
  if (tablet.kind === 'import') return { kind: 'import' };
  if (tablet.pairing === null) return { kind: 'never-paired' };
  if (tablet.revoked_at !== null) return { kind: 'revoked' };
  const { missing, clashes } = newLosses(tablet);
  const acknowledged: TabletState = { kind: 'acknowledged', count: tablet.missing };
  if (clashes > 0) return { kind: 'clone-suspected', clashes };
  if (tablet.gone_at !== null)
    return missing < tablet.missing ? acknowledged : { kind: 'gone', count: missing };
  if (tablet.lost > 0 && missing > 0) return { kind: 'lost', count: missing };
  if (silence !== null) return { kind: 'silent', silence };
  if (tablet.quarantined > 0) return { kind: 'quarantined', count: tablet.quarantined };
  if (missing > 0) return { kind: 'missing', count: missing };
  if (tablet.waiting > 0) return { kind: 'waiting', count: tablet.waiting };
  return tablet.missing > 0 ? acknowledged : { kind: 'complete' };
}

/** Pairings that may still send: of a tablet paired anew only the last, and none when that one is revoked. */
export function livePairings(tablets: readonly ReportTablet[]): ReportTablet[] {
  const latest = new Map<string, ReportTablet>();
  for (const tablet of tablets) {
    if (tablet.kind !== 'kiosk' || tablet.pairing === null) continue;
    const known = latest.get(tablet.tablet);
    if (!known || Date.parse(known.paired_at ?? '') <= Date.parse(tablet.paired_at ?? '')) {
      latest.set(tablet.tablet, tablet);
    }
  }
  return [...latest.values()].filter(({ revoked_at }) => revoked_at === null);
}

/** An earlier pairing of a tablet that has been paired anew since, with nothing left to say that is news. */
export function isSuperseded(tablet: ReportTablet, tablets: readonly ReportTablet[]): boolean {
  if (tablet.kind !== 'kiosk' || tablet.pairing === null || tablet.paired_at === null) return false;
  const { missing, clashes } = newLosses(tablet);
  const settled = missing === 0 && tablet.quarantined === 0 && clashes === 0;
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
