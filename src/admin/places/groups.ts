import { difference } from '../../domain/statistics/difference';
import type { Estimated } from '../../domain/statistics/estimate';
import { compareSeveral } from '../../domain/statistics/several';
import { estimateOf, type MeasureType } from '../scores/measure';
import { totalOf } from '../scores/counts';

export const GROUPS = ['above', 'between', 'below', 'few'] as const;
/** Beyond noise above or below all the others together, neither, or with too few answers to say anything. */
export type Group = (typeof GROUPS)[number];

export type PlaceCounted = { key: string; name: string; counts: readonly number[] };
export type PlaceGrouped = PlaceCounted & { figure: Estimated; group: Group };

/**
 * Puts each place into its group. A place is compared with all the others together, never with the whole that it is part of,
 * and all places are looked at at once; so no place is called better than another for being luckier. The order given stays.
 * `all` is what they counted together, where places overlap and their sum would count answers twice.
 */
export function groupPlaces(
  type: MeasureType,
  places: readonly PlaceCounted[],
  all?: readonly number[],
): { places: PlaceGrouped[]; looked: number } {
  const whole =
    all ??
    places.reduce<number[]>(
      (sums, { counts }) => counts.map((count, index) => count + (sums[index] ?? 0)),
      [],
    );
  const { compared } = compareSeveral(
    places
      .filter(({ counts }) => totalOf(counts) > 0)
      .map(({ key, counts }) => ({
        key,
        at: (z) =>
          difference(
            estimateOf(type, counts, z),
            estimateOf(
              type,
              whole.map((count, index) => count - counts[index]!),
              z,
            ),
          ),
      })),
  );
  const verdicts = new Map(compared.map(({ key, verdict }) => [key, verdict]));
  return {
    places: places.map((place) => {
      const figure = estimateOf(type, place.counts);
      return { ...place, figure, group: groupOf(figure, verdicts.get(place.key)) };
    }),
    looked: compared.length,
  };
}

function groupOf(figure: Estimated, verdict: 'higher' | 'lower' | 'unclear' | undefined): Group {
  if (figure.kind === 'too-few') return 'few';
  if (verdict === 'higher') return 'above';
  return verdict === 'lower' ? 'below' : 'between';
}
