import type { Location } from '../../backend/owner-calls/shop';
import type { ReportTablet } from '../../backend/owner-calls/tablets';
import { DEMO_APP_VERSION } from '../../domain/demo/app-version';
import { openMsBetween } from '../../domain/opening-hours';
import { livePairings } from './tablet-state';

/** A tablet reports every minute or so while it is on; after this long it is off, offline or gone. */
const SILENT_AFTER_MS = 15 * 60_000;
/** A silence that outlasts a week is told in days of the calendar, and a week holds every opening there is. */
const WEEK_MS = 7 * 86_400_000;

/** How long nothing has been heard: in time that the location was open, or in plain time. */
export type Silence = { kind: 'never' } | { kind: 'open' | 'plain'; forMs: number };
export type SilentTablet = { tablet: ReportTablet; silence: Silence };

/** The tablets that should be heard and are not; of a location whose hours are not known, at any hour. */
export function silentTablets(
  tablets: readonly ReportTablet[],
  locations: readonly Location[],
  now: number,
): SilentTablet[] {
  const places = new Map(locations.map((location) => [location.id, location]));
  return livePairings(tablets).flatMap((tablet) => {
    const silence = silenceOf(tablet, places.get(tablet.location), now);
    return silence === null ? [] : [{ tablet, silence }];
  });
}

function silenceOf(
  { app_version, last_seen_at }: ReportTablet,
  place: Location | undefined,
  now: number,
): Silence | null {
  if (app_version === DEMO_APP_VERSION) return null;
  if (last_seen_at === null) return { kind: 'never' };
  const seenAt = Date.parse(last_seen_at);
  const forMs = now - seenAt;
  if (forMs <= SILENT_AFTER_MS) return null;
  if (!place?.opening_hours) return { kind: 'plain', forMs };
  const from = Math.max(seenAt, now - WEEK_MS);
  const openMs = openMsBetween(place.opening_hours, place.time_zone, from, now);
  if (openMs <= SILENT_AFTER_MS) return null;
  return forMs > WEEK_MS ? { kind: 'plain', forMs } : { kind: 'open', forMs: openMs };
}
