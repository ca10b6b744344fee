import {
  admin_never_seen,
  admin_silent_for,
  admin_silent_more,
  admin_silent_open,
  admin_state_silent,
  admin_state_silent_always,
  admin_state_silent_open,
} from '../../i18n/paraglide/messages';
import { countWords, durationWords } from '../format';
import type { Shop } from '../shop.svelte';
import type { Silence, SilentTablet } from './silence';

/** More silent tablets than this are counted instead of named. */
const NAMED = 3;

/** "Silent for 2 hr of opening time", where the tablet's name stands beside it. */
export function silenceWords(silence: Silence): string {
  if (silence.kind === 'never') return admin_state_silent_always();
  const time = durationWords(silence.forMs);
  return silence.kind === 'open' ? admin_state_silent_open({ time }) : admin_state_silent({ time });
}

/** "Till 2 (Lenina 5) silent for 2 hr of opening time". */
export function silentTabletWords({ tablet, silence }: SilentTablet, shop: Shop): string {
  const name =
    shop.locations.length > 1 ? `${tablet.name} (${shop.locationName(tablet.location)})` : tablet.name;
  if (silence.kind === 'never') return admin_never_seen({ name });
  const time = durationWords(silence.forMs);
  return silence.kind === 'open' ? admin_silent_open({ name, time }) : admin_silent_for({ name, time });
}

/** One text a tablet, the longest silent first, as many as anybody reads. */
export function silentTabletsWords(silent: readonly SilentTablet[], shop: Shop): string[] {
  const lastSeen = ({ tablet }: SilentTablet) => Date.parse(tablet.last_seen_at ?? '') || 0;
  const named = silent.toSorted((a, b) => lastSeen(a) - lastSeen(b)).slice(0, NAMED);
  const words = named.map((each) => silentTabletWords(each, shop));
  const more = silent.length - named.length;
  return more > 0 ? [...words, admin_silent_more({ count: more, n: countWords(more) })] : words;
}
