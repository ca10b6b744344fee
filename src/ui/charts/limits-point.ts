import { line } from 'd3-shape';

/** One step of a chart with limits. */
export type LimitsPoint = {
  key: string;
  /** Under the axis. */
  label: string;
  /** The time in full and the figure in words, shown while pointing at it. */
  title: string;
  words: string;
  /** Null where nothing was said. */
  value: number | null;
  /** Null where too little was said to judge by: the point is then drawn faint and joined with nothing. */
  limits: { low: number; high: number } | null;
  /** Still going on: drawn hollow. */
  isRunning: boolean;
  /** A signal's shape: a diamond outside of the limits, a square in a row on one side. */
  mark: { shape: 'diamond' | 'square'; side: 'above' | 'below' } | null;
};

type Position = (value: number) => number;

const isJoined = ({ value, limits, isRunning }: LimitsPoint) =>
  value !== null && limits !== null && !isRunning;

/** The line through what can be judged, broken elsewhere. `x` places an index, `y` a figure. */
export function judgedPath(points: readonly LimitsPoint[], x: Position, y: Position): string {
  return (
    line<LimitsPoint>()
      .defined(isJoined)
      .x((_, index) => x(index))
      .y(({ value }) => y(value!))([...points]) ?? ''
  );
}

/**
 * The edges of the limits and the area between them, as steps of a point's full width: limits belong to that point's n, and
 * a slope between two would promise something of the days between them. Broken where a point has none.
 */
export function stepPaths(
  points: readonly LimitsPoint[],
  left: Position,
  y: Position,
): { edges: string; area: string } {
  const paths = { edges: '', area: '' };
  let high = '';
  let low = '';
  for (const [index, { limits }] of points.entries()) {
    if (!limits) continue;
    const [from, to] = [left(index), left(index + 1)];
    high += `${high ? 'L' : 'M'}${from},${y(limits.high)}H${to}`;
    // Drawn back from the right, so that both make one shape.
    low = `L${to},${y(limits.low)}H${from}${low}`;
    if (points[index + 1]?.limits) continue;
    paths.edges += `${high}${low.replace('L', 'M')}`;
    paths.area += `${high}${low}Z`;
    high = low = '';
  }
  return paths;
}
