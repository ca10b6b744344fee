import type { Location } from '../../backend/owner-calls/shop';

/** Where the rows of one place in the file go: an existing location's id, or 'new' for one of that name. */
export type PlaceChoice = string;

const canonical = (name: string) => name.trim().toLowerCase().replace(/\s+/g, ' ');

/** Locations whose names match but for case and spaces; the others are to be made. */
export function matchPlaces(
  names: Iterable<string>,
  locations: readonly Location[],
): Map<string, PlaceChoice> {
  const known = new Map(locations.map(({ id, name }) => [canonical(name), id]));
  return new Map([...names].map((name) => [name, known.get(canonical(name)) ?? 'new']));
}
