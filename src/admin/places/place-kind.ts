import type { PlaceCounts } from '../../backend/owner-calls/comparing';
import { regionsOf } from '../compare/place';
import { placeWords } from '../compare/place-words';
import { compareWords } from '../format';
import { addCells } from '../scores/cells';
import type { Measure } from '../scores/measure';
import type { Shop } from '../shop.svelte';
import type { PlaceCounted } from './groups';

export const PLACE_KINDS = ['location', 'region', 'tablet'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const readKind = (query: URLSearchParams): PlaceKind =>
  PLACE_KINDS.find((kind) => kind === query.get('kind')) ?? 'location';

/** Every place of a kind with what it counted, by name; those without an answer too. */
export function placesOf(
  kind: PlaceKind,
  cells: readonly PlaceCounts[],
  { type }: Measure,
  shop: Shop,
  withFlagged: boolean,
): PlaceCounted[] {
  const counted = (key: string, name: string, belongs: (cell: PlaceCounts) => boolean): PlaceCounted => ({
    key,
    name,
    counts: addCells(
      type,
      cells.filter(belongs).map(({ counts }) => counts),
      withFlagged,
    ),
  });
  return placesOfKind()
    .filter(({ name }) => name !== '')
    .sort((a, b) => compareWords(a.name, b.name));

  function placesOfKind(): PlaceCounted[] {
    if (kind === 'location')
      return shop.locations.map(({ id, name }) => counted(id, name, ({ location }) => location === id));
    if (kind === 'region') {
      const regions = new Map(shop.locations.map(({ id, region }) => [id, region]));
      return regionsOf(shop.locations).map((name) =>
        counted(name, name, ({ location }) => regions.get(location) === name),
      );
    }
    return [...new Set(shop.tablets.map(({ tablet }) => tablet))].map((id) =>
      counted(id, placeWords({ kind: 'tablet', id }, shop), ({ tablet }) => tablet === id),
    );
  }
}
