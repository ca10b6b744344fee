import type { Location } from '../../backend/owner-calls/shop';
import type { ReportTablet } from '../../backend/owner-calls/tablets';

/** What one side of a comparison is taken from. */
export type Place =
  | { kind: 'all' }
  | { kind: 'location' | 'tablet'; id: string }
  | { kind: 'region'; name: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** 'location:…', 'tablet:…' or 'region:…'; what makes no sense is the whole shop, because an address can be typed. */
export function readPlace(text: string | null): Place {
  const [kind, ...rest] = (text ?? '').split(':');
  const name = rest.join(':');
  if ((kind === 'location' || kind === 'tablet') && UUID.test(name)) return { kind, id: name };
  if (kind === 'region' && name !== '') return { kind, name };
  return { kind: 'all' };
}

/** Empty for the whole shop. */
export function writePlace(place: Place): string {
  if (place.kind === 'all') return '';
  return `${place.kind}:${place.kind === 'region' ? place.name : place.id}`;
}

/** The regions that locations name, each once. */
export const regionsOf = (locations: readonly Location[]): string[] => [
  ...new Set(locations.flatMap(({ region }) => (region === null ? [] : [region]))),
];

type Known = {
  locations: readonly Location[];
  tablets: readonly Pick<ReportTablet, 'tablet' | 'location'>[];
};

/** Whether some answers would count on both sides: a place is part of another, or the same. */
export function placesOverlap(a: Place, b: Place, known: Known): boolean {
  const locationsOfB = locationsOf(b, known);
  const shared = locationsOf(a, known).filter((id) => locationsOfB.includes(id));
  if (shared.length === 0) return false;
  // Two tablets of one location have nothing in common, unless they are one.
  return a.kind !== 'tablet' || b.kind !== 'tablet' || a.id === b.id;
}

function locationsOf(place: Place, { locations, tablets }: Known): string[] {
  switch (place.kind) {
    case 'all':
      return locations.map(({ id }) => id);
    case 'location':
      return [place.id];
    case 'region':
      return locations.filter(({ region }) => region === place.name).map(({ id }) => id);
    case 'tablet':
      return tablets.filter(({ tablet }) => tablet === place.id).map(({ location }) => location);
  }
}
