import type { Location } from '../../backend/owner-calls/shop';
import { admin_all_locations } from '../../i18n/paraglide/messages';
import { regionsOf } from '../compare/place';
import { placeWords } from '../compare/place-words';
import { compareWords } from '../format';
import type { Shop } from '../shop.svelte';

/** Where to look: at one location, at all of a region, or (both null) everywhere. */
export type PlaceChoice = { location: string | null; region: string | null };

const REGION = 'region:';

/** Everywhere, then regions and locations, each by name. A region that no location names any more is there while it is chosen. */
export function placeOptions(shop: Shop, { region }: PlaceChoice): { value: string; label: string }[] {
  const regions = new Set(regionsOf(shop.locations));
  if (region !== null) regions.add(region);
  return [
    { value: '', label: admin_all_locations() },
    ...[...regions]
      .sort(compareWords)
      .map((name) => ({ value: REGION + name, label: placeWords({ kind: 'region', name }, shop) })),
    ...shop.locations.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

/** The value of the option that stands for this choice. */
export const placeValue = ({ location, region }: PlaceChoice): string =>
  location ?? (region === null ? '' : REGION + region);

/** The choice that an option stands for. */
export const chosenPlace = (value: string): PlaceChoice =>
  value.startsWith(REGION)
    ? { location: null, region: value.slice(REGION.length) }
    : { location: value || null, region: null };

/** What choosing a tablet (empty: all) makes of a filter. One of a region's tablets is looked at where it stands. */
export function chosenTablet(
  tablet: string,
  { location, region }: PlaceChoice,
  shop: Shop,
): PlaceChoice & { tablet: string | null } {
  const standsAt = shop.tablets.find((each) => each.tablet === tablet)?.location;
  return region !== null && standsAt
    ? { location: standsAt, region: null, tablet }
    : { location, region, tablet: tablet || null };
}

/** The locations that a choice is about. */
export const chosenLocations = (
  { location, region }: PlaceChoice,
  locations: readonly Location[],
): readonly Location[] =>
  locations.filter((each) => (!location || each.id === location) && (!region || each.region === region));
