import { FACTORS, type Factor } from '../factor';
import { correlation, type DriverSums } from './driver-sums';
import { type Drivers, judgeDrivers, MIN_PARTS } from './drivers';
import { type Estimate, type Estimated, Z_95 } from './estimate';
import { jackknife, reachAt, replicate, type Replicates } from './jackknife';
import { proportion } from './proportion';
import { varianceShares } from './variance-shares';

/**
 * Fewer sessions with both scores say next to nothing of how they go together: at 30 the interval of a correlation of 0.5 spans 0.57.
 * D. G. Bonett & T. A. Wright, Psychometrika 65 (2000) 23–28, need 25 for their intervals to hold at all.
 */
export const MIN_TOGETHER = 30;

export type QuestionDrivers = Drivers & {
  /** 'shares': what factors share is divided between them. 'single': each by itself, for they were not asked together often enough. */
  method: 'shares' | 'single';
  /** How much of the score's variance goes with all of them together, 0 … 1; only of 'shares'. */
  explained: Estimate | null;
};

/**
 * Which factor the overall score goes with most, from the sessions that were asked for both. Importance is the share of the score's
 * variance (0 … 1) that goes with a factor, performance the share of 4s and 5s with Wilson's interval. Null where no factor was asked about.
 */
export function questionDrivers(sums: DriverSums): QuestionDrivers | null {
  const asked = FACTORS.filter((factor) => sums.of(factor).n > 0);
  if (asked.length === 0) return null;
  const together = (factor: Factor) => sums.of('overall', factor).n;
  const enough = asked.filter((factor) => together(factor) >= MIN_TOGETHER);
  const parts = sums.partsOf(
    enough.map((factor) => ['overall', factor] as const),
    ({ n }) => n > 0,
  );
  const needsDays = enough.length > 0 && parts.length < MIN_PARTS;
  const judged = needsDays ? [] : enough.filter((factor) => varies(sums, factor, parts));
  const { method, replicates } = importances(sums, judged, parts);

  const importanceOf = (factor: Factor): Estimated | null => {
    if (!enough.includes(factor)) return { kind: 'too-few', n: together(factor), minimum: MIN_TOGETHER };
    const at = judged.indexOf(factor);
    return at < 0 || !replicates ? null : estimateOf(replicates, (values) => values[at]!, together(factor));
  };
  const figures = asked.map((factor) => {
    const { n, topTwo } = sums.of(factor);
    return { factor, importance: importanceOf(factor), performance: proportion(topTwo, n) };
  });
  const drivers = judgeDrivers(figures, judged, replicates);
  return {
    ...drivers,
    more: enough.length === 0 ? MIN_TOGETHER - Math.max(...asked.map(together)) : drivers.more,
    needsDays,
    method,
    explained:
      replicates && method === 'shares'
        ? estimateOf(
            replicates,
            (values) => values.slice(0, judged.length).reduce((sum, value) => sum + value, 0),
            Math.min(...judged.map(together)),
          )
        : null,
  };
}

/** Whether both scores vary, whichever part is left out. */
const varies = (sums: DriverSums, factor: Factor, parts: readonly number[]): boolean =>
  [null, ...parts].every((part) => correlation(sums.of('overall', factor, part)) !== null);

/** Importance and performance of these factors with everything and without each part. */
function importances(
  sums: DriverSums,
  judged: readonly Factor[],
  parts: readonly number[],
): { method: QuestionDrivers['method']; replicates: Replicates | null } {
  if (judged.length === 0) return { method: 'shares', replicates: null };
  const areAskedTogether = judged.every((one, at) =>
    judged.slice(at + 1).every((other) => sums.of(one, other).n >= MIN_TOGETHER),
  );
  const figuresBy =
    (importance: (part: number | null) => readonly number[] | null) => (without: number | null) => {
      const part = without === null ? null : parts[without]!;
      const shares = importance(part);
      return (
        shares && [
          ...shares,
          ...judged.map((factor) => {
            const { n, topTwo } = sums.of(factor, factor, part);
            return topTwo / n;
          }),
        ]
      );
    };
  const shares = areAskedTogether
    ? replicate(
        parts.length,
        figuresBy((part) => sharesOf(sums, judged, part)),
      )
    : null;
  if (shares) return { method: 'shares', replicates: shares };
  return {
    method: 'single',
    replicates: replicate(
      parts.length,
      figuresBy((part) => judged.map((factor) => correlation(sums.of('overall', factor, part))! ** 2)),
    ),
  };
}

function sharesOf(sums: DriverSums, judged: readonly Factor[], part: number | null): number[] | null {
  const among: number[][] = [];
  for (const one of judged) {
    const line: number[] = [];
    for (const other of judged) {
      const r = one === other ? 1 : correlation(sums.of(one, other, part));
      if (r === null) return null;
      line.push(r);
    }
    among.push(line);
  }
  return varianceShares(
    among,
    judged.map((factor) => correlation(sums.of('overall', factor, part))!),
  );
}

/**
 * A share of variance with its interval, made on the scale of Fisher's z of its root, where it is about as wide everywhere and cannot
 * leave 0 … 1. It reaches 0 where a share of nothing would do as well.
 */
function estimateOf(
  replicates: Replicates,
  share: (values: readonly number[]) => number,
  n: number,
): Estimate {
  const z = jackknife(replicates, (values) =>
    Math.atanh(Math.sqrt(Math.min(1 - 1e-12, Math.max(0, share(values))))),
  );
  const reach = reachAt(z, Z_95);
  return {
    kind: 'estimate',
    value: share(replicates.whole),
    low: Math.tanh(Math.max(0, z.value - reach)) ** 2,
    high: Math.tanh(z.value + reach) ** 2,
    n,
    method: 'jackknife',
  };
}
