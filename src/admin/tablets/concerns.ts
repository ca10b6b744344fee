import type { ReportTablet } from '../../backend/owner-calls/tablets';
import { newLosses } from './losses';

/** What a tablet tells of itself that somebody should look after before it costs an answer. */
export type Concern =
  | { kind: 'durability'; result: 'relaxed' | 'failed' }
  | { kind: 'forgot'; count: number }
  | { kind: 'evictable' }
  /** 0 to 1. */
  | { kind: 'storage-full'; share: number }
  | { kind: 'queue-age'; forMs: number }
  /** Positive when the tablet's clock is behind the server's. */
  | { kind: 'clock'; behindMs: number }
  | { kind: 'battery'; share: number }
  | { kind: 'old-version'; version: string };

const STORAGE_FULL = 0.9;
const QUEUE_AGE_MS = 60 * 60_000;
const CLOCK_MS = 2 * 60_000;
const BATTERY_LOW = 0.2;

/** The gravest first; none of a pairing that nothing more is expected from. */
export function concernsOf(tablet: ReportTablet, now: number, newestVersion: string): Concern[] {
  if (tablet.kind !== 'kiosk' || tablet.revoked_at !== null || tablet.gone_at !== null) return [];
  const { health } = tablet;
  const concerns: Concern[] = [];
  if (health.durability === 'failed' || health.durability === 'relaxed') {
    concerns.push({ kind: 'durability', result: health.durability });
  }
  const { lost } = newLosses(tablet);
  if (lost > 0 && tablet.missing === 0) concerns.push({ kind: 'forgot', count: lost });
  if (health.quota_bytes && health.usage_bytes && health.usage_bytes > STORAGE_FULL * health.quota_bytes) {
    concerns.push({ kind: 'storage-full', share: health.usage_bytes / health.quota_bytes });
  }
  if (health.persisted === false) concerns.push({ kind: 'evictable' });
  const waitsMs = health.oldest_waiting_at === null ? 0 : now - Date.parse(health.oldest_waiting_at);
  if (tablet.waiting > 0 && waitsMs > QUEUE_AGE_MS) concerns.push({ kind: 'queue-age', forMs: waitsMs });
  if (Math.abs(health.server_offset_ms ?? 0) > CLOCK_MS) {
    concerns.push({ kind: 'clock', behindMs: health.server_offset_ms! });
  }
  const battery = (health.battery_percent ?? 100) / 100;
  if (health.battery_charging === false && battery <= BATTERY_LOW) {
    concerns.push({ kind: 'battery', share: battery });
  }
  if (tablet.app_version !== null && isOlder(tablet.app_version, newestVersion)) {
    concerns.push({ kind: 'old-version', version: tablet.app_version });
  }
  return concerns;
}

/** By numbers, of versions like 1.20.3; a version of any other shape is not compared. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) =>
    /^\d+\.\d+\.\d+$/.test(text) ? text.split('.').map(Number) : null,
  );
  if (!a || !b) return false;
  const at = a.findIndex((part, index) => part !== b[index]);
  return at !== -1 && a[at]! < b[at]!;
}
