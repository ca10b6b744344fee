import type { Factor } from '../factor';
import { type Estimate, type Estimated, overlaps } from './estimate';
import { comparisonOf, jackknife, type Replicates } from './jackknife';
import { compareSeveral, smallestNamed } from './several';

/** Where a factor stands: what counts much or little, done worse or better than the others. */
export type Quadrant = 'fix' | 'keep' | 'wait' | 'enough';

export type Driver = {
  factor: Factor;
  /** How much the score goes with it, 0 … 1; null where it cannot be said, for the answers do not vary. */
  importance: Estimated | null;
  /** How well it is done, 0 … 1; null where nobody could say so. */
  performance: Estimated | null;
  /** Null where chance could have put it there. */
  quadrant: Quadrant | null;
};

export type Drivers = {
  drivers: Driver[];
  /** The factor that counts more than every other, beyond chance. */
  first: Factor | null;
  /** Means of those that have both figures: the cross in the picture. Null for fewer than two. */
  means: { importance: number; performance: number } | null;
  /**
   * About how many more answers it takes to name a first; null where it is named, where the two most important are too alike for
   * that, or where days are missing and not answers.
   */
  more: number | null;
  /** Whether there are too few days with answers for any word about chance. */
  needsDays: boolean;
};

/** Fewer parts, each a day or more, tell too little of how much days differ: Student's t for 6 degrees of freedom is 2.45. */
export const MIN_PARTS = 7;

/** Beyond this many times the answers there are, the wait is no advice. */
const PATIENCE = 20;

/** A factor before it is set beside the others. */
export type Figure = Omit<Driver, 'quadrant'>;

/**
 * Says which factor is first and where each stands, from figures and their replicates: for each of `judged`, its importance and after
 * all of those each one's performance, in the same order.
 *
 * First is the factor whose importance is higher than that of every other by the rule of `compareSeveral`, and whose interval lies
 * above all the others, so that what is said can be seen. A quadrant is named by the same rule, for all distances from the cross
 * together, and where neither interval reaches it.
 */
export function judgeDrivers(
  figures: readonly Figure[],
  judged: readonly Factor[],
  replicates: Replicates | null,
): Drivers {
  const estimates = figures.flatMap(({ factor, importance, performance }) =>
    importance?.kind === 'estimate'
      ? [{ factor, importance, performance: performance?.kind === 'estimate' ? performance : null }]
      : [],
  );
  const drawn = estimates.flatMap(({ factor, importance, performance }) =>
    performance ? [{ factor, importance, performance }] : [],
  );
  const means =
    drawn.length < 2
      ? null
      : {
          importance: meanOf(drawn.map(({ importance }) => importance.value)),
          performance: meanOf(drawn.map(({ performance }) => performance.value)),
        };
  const { first, more } = replicates ? findFirst(estimates, judged, replicates) : { first: null, more: null };
  const quadrants = replicates && means ? findQuadrants(drawn, judged, replicates, means) : new Map();
  return {
    drivers: figures.map((figure) => ({ ...figure, quadrant: quadrants.get(figure.factor) ?? null })),
    first,
    means,
    more,
    needsDays: false,
  };
}

function findFirst(
  estimates: readonly { factor: Factor; importance: Estimate }[],
  judged: readonly Factor[],
  replicates: Replicates,
): Pick<Drivers, 'first' | 'more'> {
  const [top, second] = estimates.toSorted((a, b) => b.importance.value - a.importance.value);
  if (!top || !second) return { first: null, more: null };
  const others = estimates.filter(({ factor }) => factor !== top.factor);
  const at = judged.indexOf(top.factor);
  const { compared } = compareSeveral(
    others.map(({ factor, importance }) => {
      const other = judged.indexOf(factor);
      return {
        key: factor,
        ...comparisonOf(
          jackknife(replicates, (values) => values[at]! - values[other]!),
          importance.n,
        ),
      };
    }),
  );
  const liesApart = others.every(({ importance }) => !overlaps(importance, top.importance));
  if (liesApart && compared.every(({ verdict }) => verdict === 'higher'))
    return { first: top.factor, more: null };
  const { change } = compared.find(({ key }) => key === second.factor)!;
  // Widths shrink with the root of n: so many times the answers until neither interval reaches the other, nor that of the difference 0.
  const reach = Math.max(
    smallestNamed(change),
    top.importance.value - top.importance.low + second.importance.high - second.importance.value,
  );
  const times = (reach / change.value) ** 2;
  const more = Math.ceil(top.importance.n * (times - 1));
  return { first: null, more: more > 0 && times <= PATIENCE ? more : null };
}

function findQuadrants(
  drawn: readonly { factor: Factor; importance: Estimate; performance: Estimate }[],
  judged: readonly Factor[],
  replicates: Replicates,
  means: { importance: number; performance: number },
): Map<Factor, Quadrant> {
  const sides = ['importance', 'performance'] as const;
  const placesOf = (side: (typeof sides)[number]) =>
    drawn.map(({ factor }) => judged.indexOf(factor) + (side === 'importance' ? 0 : judged.length));
  const { compared } = compareSeveral(
    sides.flatMap((side) => {
      const places = placesOf(side);
      return drawn.map((driver, index) => {
        const distance = jackknife(
          replicates,
          (values) => values[places[index]!]! - meanOf(places.map((place) => values[place]!)),
        );
        return { key: { factor: driver.factor, side }, ...comparisonOf(distance, driver[side].n) };
      });
    }),
  );
  const quadrants = new Map<Factor, Quadrant>();
  for (const driver of drawn) {
    const [importance, performance] = sides.map((side) => {
      const isClear = means[side] < driver[side].low || means[side] > driver[side].high;
      const found = compared.find(({ key }) => key.factor === driver.factor && key.side === side);
      return isClear && found ? found.verdict : 'unclear';
    });
    if (importance === 'unclear' || performance === 'unclear') continue;
    quadrants.set(
      driver.factor,
      importance === 'higher'
        ? performance === 'higher'
          ? 'keep'
          : 'fix'
        : performance === 'higher'
          ? 'enough'
          : 'wait',
    );
  }
  return quadrants;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
