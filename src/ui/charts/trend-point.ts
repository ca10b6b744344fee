export type TrendPoint = {
  key: string;
  /** Under the axis. */
  label: string;
  /** The time in full and the figure in words, shown while pointing at it. */
  title: string;
  words: string;
  /** Null where too little was said: a gap, never a line drawn across. */
  interval: { value: number; low: number; high: number } | null;
  n: number;
};

/** Indices of neighbouring points that all have a figure. */
export function runsOf(points: readonly TrendPoint[]): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  points.forEach(({ interval }, index) => {
    if (interval) run.push(index);
    if (run.length > 0 && (!interval || index === points.length - 1)) {
      runs.push(run);
      run = [];
    }
  });
  return runs;
}

type Position = (value: number) => number;

export function linePath(
  points: readonly TrendPoint[],
  run: readonly number[],
  x: Position,
  y: Position,
): string {
  return `M${run.map((index) => `${x(index)},${y(points[index]!.interval!.value)}`).join('L')}`;
}

export function bandPath(
  points: readonly TrendPoint[],
  run: readonly number[],
  x: Position,
  y: Position,
): string {
  const top = run.map((index) => `${x(index)},${y(points[index]!.interval!.high)}`);
  const bottom = run.toReversed().map((index) => `${x(index)},${y(points[index]!.interval!.low)}`);
  return `M${[...top, ...bottom].join('L')}Z`;
}
