import { area, line } from 'd3-shape';

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

type Position = (value: number) => number;

/** The line through the figures, broken where one is missing. `x` places an index, `y` a figure. */
export function linePath(points: readonly TrendPoint[], x: Position, y: Position): string {
  return (
    line<TrendPoint>()
      .defined(({ interval }) => interval !== null)
      .x((_, index) => x(index))
      .y(({ interval }) => y(interval!.value))([...points]) ?? ''
  );
}

/** The band between low and high, broken likewise. */
export function bandPath(points: readonly TrendPoint[], x: Position, y: Position): string {
  return (
    area<TrendPoint>()
      .defined(({ interval }) => interval !== null)
      .x((_, index) => x(index))
      .y0(({ interval }) => y(interval!.low))
      .y1(({ interval }) => y(interval!.high))([...points]) ?? ''
  );
}

/** Whether a figure has no neighbour to be joined with: a band of no width would not be seen. */
export function standsAlone(points: readonly TrendPoint[], index: number): boolean {
  return !points[index - 1]?.interval && !points[index + 1]?.interval;
}
