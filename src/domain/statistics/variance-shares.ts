/**
 * How much of a figure's variance goes with each of several others (0 … 1 each), what they share divided between them: the rise of R²
 * that each brings when it is added, averaged over every order of adding them. R. H. Lindeman, P. F. Merenda & R. Z. Gold,
 * "Introduction to Bivariate and Multivariate Analysis" (1980) 119–127; U. Grömping, "Relative importance for linear regression
 * in R: the package relaimpo", Journal of Statistical Software 17 (2006) no. 1, where it is "lmg". They add up to R², and none is negative.
 *
 * Order only matters through who was added before, so each set is looked at once: a set S before j stands for |S|! (p − 1 − |S|)! of the
 * p! orders.
 *
 * @param among correlations of the others among themselves, symmetric, 1 on the diagonal
 * @param withFigure correlation of each of them with the figure
 * @returns null where the correlations belong to no data (put together from different answers, they can contradict each other) or one
 *   of the others follows from the rest
 */
export function varianceShares(
  among: readonly (readonly number[])[],
  withFigure: readonly number[],
): number[] | null {
  const p = withFigure.length;
  if (p > 10) throw new RangeError(`every set of ${p} is too many to look at`);
  const explained: number[] = [];
  for (let set = 0; set < 1 << p; set++) {
    const members = withFigure.flatMap((_, index) => (set & (1 << index) ? index : []));
    const share = rSquared(among, withFigure, members);
    if (share === null) return null;
    explained.push(share);
  }
  const ordersWith = orderShares(p);
  return withFigure.map((_, index) => {
    const own = 1 << index;
    let share = 0;
    for (let set = 0; set < 1 << p; set++) {
      if (set & own) continue;
      share += ordersWith[bitCount(set)]! * (explained[set | own]! - explained[set]!);
    }
    return share;
  });
}

/** Of every order of p, the share in which a given one comes right after a given set of `size` others: size! (p − 1 − size)! / p!. */
function orderShares(p: number): number[] {
  const shares = [1 / Math.max(1, p)];
  for (let size = 1; size < p; size++) shares.push((shares[size - 1]! * size) / (p - size));
  return shares;
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

/** What is left of a variance of 1 below which it is taken for none. */
const NOTHING_LEFT = 1e-9;

/** R² of the figure on these members: |L⁻¹ r|² with the Cholesky factor L of their correlations. */
function rSquared(
  among: readonly (readonly number[])[],
  withFigure: readonly number[],
  members: readonly number[],
): number | null {
  const factor: number[][] = [];
  const solved: number[] = [];
  let share = 0;
  for (const [row, member] of members.entries()) {
    const line: number[] = [];
    for (let column = 0; column < row; column++) {
      let sum = among[member]![members[column]!]!;
      for (let k = 0; k < column; k++) sum -= line[k]! * factor[column]![k]!;
      line.push(sum / factor[column]![column]!);
    }
    const left = 1 - line.reduce((sum, value) => sum + value * value, 0);
    if (!(left > NOTHING_LEFT)) return null;
    line.push(Math.sqrt(left));
    factor.push(line);
    let rest = withFigure[member]!;
    for (let k = 0; k < row; k++) rest -= line[k]! * solved[k]!;
    const value = rest / line[row]!;
    solved.push(value);
    share += value * value;
  }
  return share <= 1 ? share : null;
}
