/** Maps [from, to] of figures onto [start, end] of pixels. */
export function linearScale([from, to]: readonly [number, number], [start, end]: readonly [number, number]) {
  const span = to - from || 1;
  return (value: number): number => start + ((value - from) / span) * (end - start);
}

/** Round figures (1, 2 or 5 times a power of ten) inside [from, to], about as many as asked for. */
export function ticks(from: number, to: number, about: number): number[] {
  const rough = (to - from) / Math.max(1, about);
  if (!(rough > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!;
  const found: number[] = [];
  // Counting in whole steps keeps 0.1 + 0.2 from becoming a label.
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + step * 1e-9; index += 1) {
    found.push(Number((index * step).toPrecision(12)));
  }
  return found;
}

/** The range to draw: every low and high with a little air, inside the scale's own ends. */
export function domainOf(
  bounds: readonly { low: number; high: number }[],
  [min, max]: readonly [number, number],
): [number, number] {
  if (bounds.length === 0) return [min, max];
  const low = Math.min(...bounds.map((bound) => bound.low));
  const high = Math.max(...bounds.map((bound) => bound.high));
  const air = Math.max((high - low) * 0.08, (max - min) * 0.01);
  return [Math.max(min, low - air), Math.min(max, high + air)];
}
