import { admin_all_locations, admin_compare_region } from '../../i18n/paraglide/messages';
import { compareWords } from '../format';
import type { Shop } from '../shop.svelte';
import { sourceName } from '../tablets/source-name';
import { regionsOf, writePlace, type Place } from './place';

/** A place by its name; a tablet with its location, where there are several. */
export function placeWords(place: Place, shop: Shop): string {
  if (place.kind === 'region') return admin_compare_region({ name: place.name });
  if (place.kind === 'location') return shop.locationName(place.id);
  if (place.kind === 'tablet') {
    const tablet = shop.tablets.find((each) => each.tablet === place.id);
    if (!tablet) return '';
    const name = sourceName(tablet);
    return shop.locations.length > 1 ? `${name} · ${shop.locationName(tablet.location)}` : name;
  }
  return shop.locations.length > 1 ? admin_all_locations() : (shop.locations[0]?.name ?? '');
}

/** Every place there is, as choices: the whole, regions, locations, tablets, each kind by name. */
export function placeChoices(shop: Shop): { value: string; label: string }[] {
  const named = (places: Place[]) =>
    places
      .map((place) => ({ value: writePlace(place), label: placeWords(place, shop) }))
      .sort((a, b) => compareWords(a.label, b.label));
  const tablets = [...new Set(shop.tablets.map(({ tablet }) => tablet))];
  return [
    ...named([{ kind: 'all' }]),
    ...named(regionsOf(shop.locations).map((name) => ({ kind: 'region', name }))),
    ...(shop.locations.length > 1 ? named(shop.locations.map(({ id }) => ({ kind: 'location', id }))) : []),
    ...(tablets.length > 1 ? named(tablets.map((id) => ({ kind: 'tablet', id }))) : []),
  ];
}
