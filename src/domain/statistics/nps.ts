import { assertMinimum, type Estimated, type IntervalMethod, MIN_N, totalOf, Z_95 } from './estimate';

export type NpsGroups = { promoters: number; passives: number; detractors: number; n: number };

/** 11 counts, for scores 0 … 10, summed into detractors (0–6), passives (7–8) and promoters (9–10). */
export function npsGroups(countsByScore: readonly number[]): NpsGroups {
  const n = totalOf(countsByScore, 11, 'NPS counts');
  const promoters = countsByScore[9]! + countsByScore[10]!;
  const passives = countsByScore[7]! + countsByScore[8]!;
  return { promoters, passives, detractors: n - promoters - passives, n };
}

/** Below either of these the Wald interval is too short and its adjusted form is used; see `interval`. */
const WALD_MIN_N = 100;
const WALD_MIN_INFORMATION = 30;

/**
 * Net Promoter Score in points, −100 … 100, from 11 counts for scores 0 … 10, with an interval, of 95 %
 * unless another z is asked for; 'too-few' when n is below the minimum. The score itself is always the plain one, promoters % − detractors %.
 */
export function nps(countsByScore: readonly number[], minimum: number = MIN_N, z: number = Z_95): Estimated {
  assertMinimum(minimum);
  const groups = npsGroups(countsByScore);
  const { promoters, detractors, n } = groups;
  if (n < minimum) return { kind: 'too-few', n, minimum };
  const value = (100 * (promoters - detractors)) / n;
  const { low, high, method } = interval(groups, z);
  return {
    kind: 'estimate',
    value,
    // One lone answer can lie outside its own adjusted interval, which is centred nearer zero.
    low: Math.min(value, Math.max(-100, low)),
    high: Math.max(value, Math.min(100, high)),
    n,
    method,
  };
}

/**
 * The share-scale variance of one answer coded +1, 0, −1 is p + d − (p − d)²: promoters and detractors are shares of
 * the same people, so their covariance must not be dropped.
 *
 * Wald: (p − d) ± z √(var / n). It is too short for small n and has no width at all when everybody agrees, so below
 * 100 answers, or when n · var < 30 (nearly everybody in one group), the adjusted Wald interval is used: the same formula
 * after adding 3 to n, ¾ to promoters and ¾ to detractors, found best of those compared by B. Rocks, "Interval
 * estimation for the Net Promoter Score", The American Statistician 70 (2016) 365–372; stated by Lewis & Sauro,
 * measuringu.com/nps-three-confidence-intervals. Both switch points are ours, set by exact coverage.
 */
function interval(
  { promoters, detractors, n }: NpsGroups,
  z: number,
): {
  low: number;
  high: number;
  method: IntervalMethod;
} {
  const plain = moments(promoters / n, detractors / n);
  if (n >= WALD_MIN_N && n * plain.variance >= WALD_MIN_INFORMATION) {
    return { ...around(plain.mean, plain.variance, n, z), method: 'nps-wald' };
  }
  const adjustedN = n + 3;
  const adjusted = moments((promoters + 0.75) / adjustedN, (detractors + 0.75) / adjustedN);
  return { ...around(adjusted.mean, adjusted.variance, adjustedN, z), method: 'nps-adjusted-wald' };
}

function moments(p: number, d: number): { mean: number; variance: number } {
  // Rounding can leave −1e−17 where every answer is alike; its root would be NaN.
  return { mean: p - d, variance: Math.max(0, p + d - (p - d) ** 2) };
}

function around(mean: number, variance: number, n: number, z: number): { low: number; high: number } {
  const half = z * Math.sqrt(variance / n);
  return { low: 100 * (mean - half), high: 100 * (mean + half) };
}
