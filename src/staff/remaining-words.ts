/** What is left of a wait as minutes and seconds, "0:07"; a second begun counts. */
export function remainingWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
