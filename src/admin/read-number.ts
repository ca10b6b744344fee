/** A whole number as people type it, "1 000" too; null for what is none, or not within the limits. */
export function readWhole(text: string, low: number, high: number): number | null {
  const bare = text.replaceAll(/\s/g, '');
  if (!/^\d{1,10}$/.test(bare)) return null;
  const number = Number(bare);
  return number >= low && number <= high ? number : null;
}
