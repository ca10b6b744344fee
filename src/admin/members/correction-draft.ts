const MAX_POINTS = 1_000_000;

/** "25", "+25", "-10" or "−10" as a number of points to add; null for what is none, and for 0. */
export function readCorrection(text: string): number | null {
  const bare = text.replaceAll(/\s/g, '').replace('−', '-');
  if (!/^[+-]?\d{1,7}$/.test(bare)) return null;
  const points = Number(bare);
  return points !== 0 && Math.abs(points) <= MAX_POINTS ? points : null;
}
