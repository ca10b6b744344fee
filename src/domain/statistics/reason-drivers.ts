import { FACTORS, type Factor } from '../factor';
import type { DriverSums } from './driver-sums';
import { type Drivers, judgeDrivers, MIN_PARTS } from './drivers';
import { MIN_N } from './estimate';
import { replicate } from './jackknife';
import { proportion } from './proportion';

export type ReasonDrivers = Drivers & {
  /** Low scores that gave a reason. */
  low: number;
  /** How often each factor was named, in the order of `drivers`. */
  named: { praised: number; blamed: number; low: number }[];
};

/**
 * What the unhappy blame, from the reasons. Importance is the share of the low scores with a reason that blame a factor, performance how
 * often it was praised of all times it was named; both with Wilson's interval. Reasons that praise are only offered after a good
 * score and others after a poor one, so neither says why scores are what they are. Null where no reason is about a factor.
 *
 * @param ways which way each factor can be named; one that can only be blamed has no performance
 */
export function reasonDrivers(
  sums: DriverSums,
  ways: ReadonlyMap<Factor, { canPraise: boolean; canBlame: boolean }>,
): ReasonDrivers | null {
  const { low } = sums.of('overall');
  const offered = FACTORS.filter((factor) => ways.get(factor)?.canBlame);
  if (offered.length === 0) return null;
  const hasBoth = (factor: Factor) => ways.get(factor)?.canPraise === true;
  const parts = sums.partsOf([['overall', 'overall']], (told) => told.low > 0);
  const needsDays = low >= MIN_N && parts.length < MIN_PARTS;

  const figures = offered.map((factor) => {
    const { praised, blamed, low: lowBlaming } = sums.of(factor);
    return {
      factor,
      importance: proportion(lowBlaming, low),
      performance: hasBoth(factor) ? proportion(praised, praised + blamed) : null,
    };
  });
  const replicates =
    low < MIN_N || needsDays
      ? null
      : replicate(parts.length, (without) => {
          const part = without === null ? null : parts[without]!;
          const all = sums.of('overall', 'overall', part).low;
          if (all === 0) return null;
          const told = offered.map((factor) => sums.of(factor, factor, part));
          return [
            ...told.map((of) => of.low / all),
            // One that is named too seldom for a figure is compared with nobody's, so what stands here is not read.
            ...told.map(({ praised, blamed }) => praised / Math.max(1, praised + blamed)),
          ];
        });
  const drivers = judgeDrivers(figures, offered, replicates);
  return {
    ...drivers,
    more: low < MIN_N ? MIN_N - low : drivers.more,
    needsDays,
    low,
    named: offered.map((factor) => {
      const told = sums.of(factor);
      return { praised: told.praised, blamed: told.blamed, low: told.low };
    }),
  };
}
