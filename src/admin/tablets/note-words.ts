import type { SeqRange } from '../../backend/owner-calls/tablets';
import {
  admin_advice_clone,
  admin_advice_gone,
  admin_advice_lost,
  admin_advice_missing,
  admin_advice_numbers,
  admin_advice_silent,
  admin_health_battery,
  admin_health_clock_fast,
  admin_health_clock_slow,
  admin_health_durability_failed,
  admin_health_durability_relaxed,
  admin_health_evictable,
  admin_health_forgot,
  admin_health_old_version,
  admin_health_queue_age,
  admin_health_storage_full,
  admin_numbers_more,
} from '../../i18n/paraglide/messages';
import { countWords, durationWords, shareWords } from '../format';
import type { Concern } from './concerns';
import type { TabletState } from './tablet-state';

/** More ranges than this are not read. */
const RANGES_SHOWN = 6;

/** "17–19, 23": as they are written on the tablet, without separators. */
export function numberWords(ranges: readonly SeqRange[]): string {
  const numbers = ranges
    .slice(0, RANGES_SHOWN)
    .map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`))
    .join(', ');
  return ranges.length > RANGES_SHOWN ? admin_numbers_more({ numbers }) : numbers;
}

/** What has happened and what to do about it; null where the state says enough. missing names the numbers. */
export function adviceWords(state: TabletState, missing: readonly SeqRange[]): string | null {
  const numbers = missing.length === 0 ? '' : `${admin_advice_numbers({ numbers: numberWords(missing) })} `;
  switch (state.kind) {
    case 'clone-suspected':
      return admin_advice_clone({ count: state.clashes, n: countWords(state.clashes) });
    case 'gone':
      return state.count === 0 ? null : numbers + admin_advice_gone();
    case 'lost':
      return numbers + admin_advice_lost();
    case 'missing':
      return numbers + admin_advice_missing();
    case 'silent':
      return numbers + admin_advice_silent();
    default:
      return null;
  }
}

export function concernWords(concern: Concern): string {
  switch (concern.kind) {
    case 'durability':
      return concern.result === 'failed'
        ? admin_health_durability_failed()
        : admin_health_durability_relaxed();
    case 'forgot':
      return admin_health_forgot({ count: concern.count, n: countWords(concern.count) });
    case 'evictable':
      return admin_health_evictable();
    case 'storage-full':
      return admin_health_storage_full({ share: shareWords(concern.share) });
    case 'queue-age':
      return admin_health_queue_age({ time: durationWords(concern.forMs) });
    case 'clock': {
      const time = durationWords(Math.abs(concern.behindMs));
      return concern.behindMs > 0 ? admin_health_clock_slow({ time }) : admin_health_clock_fast({ time });
    }
    case 'battery':
      return admin_health_battery({ share: shareWords(concern.share) });
    case 'old-version':
      return admin_health_old_version({ version: concern.version });
  }
}
