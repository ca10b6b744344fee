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
