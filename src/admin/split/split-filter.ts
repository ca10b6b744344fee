import { SPLIT_DIMENSIONS, type SplitDimension } from '../../backend/owner-calls/splits';
import { readPlace, writePlace, type Place } from '../compare/place';
import { PLACE_KINDS, type PlaceKind } from '../places/place-kind';
import { readFilter, writeFilter, type ScoresFilter } from '../scores/filter';

/** What figures are split by: what the server counts, a kind of place, or a dimension of the shop's own. */
export type Split = { by: SplitDimension | PlaceKind } | { by: 'own'; dimension: string };

export type SplitFilter = Pick<ScoresFilter, 'period' | 'question' | 'withFlagged'> & {
  split: Split;
  /** Where; the whole shop, a region or a location. */
  place: Place;
};

const OWN = /^own:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** 'language', 'tablet', … or 'own:' with the id of a dimension; what makes no sense is by language. */
export function readSplit(text: string | null): Split {
  const own = OWN.exec(text ?? '')?.[1];
  if (own !== undefined) return { by: 'own', dimension: own };
  return { by: [...SPLIT_DIMENSIONS, ...PLACE_KINDS].find((by) => by === text) ?? 'language' };
}

export const writeSplit = (split: Split): string =>
  split.by === 'own' ? `own:${split.dimension}` : split.by;

export function readSplitFilter(query: URLSearchParams): SplitFilter {
  const { period, question, withFlagged } = readFilter(query);
  const place = readPlace(query.get('place'));
  return {
    period,
    question,
    withFlagged,
    split: readSplit(query.get('by')),
    place: place.kind === 'tablet' ? { kind: 'all' } : place,
  };
}

/** An address that reads back as the same. */
export function writeSplitFilter({ split, place, ...filter }: SplitFilter): URLSearchParams {
  const query = writeFilter({ ...filter, location: null, region: null, tablet: null, by: null });
  query.set('by', writeSplit(split));
  if (place.kind !== 'all') query.set('place', writePlace(place));
  return query;
}
