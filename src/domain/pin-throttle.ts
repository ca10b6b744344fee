/** Wrong tries at one PIN since the last right one; lastAt is the tablet's wall clock in ms. */
export type PinTries = { failures: number; lastAt: number };

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

/** How long nobody may try this PIN: nothing before five wrong tries, then 30 s, doubling to an hour. */
export function pinWaitMs(tries: PinTries | undefined, now: number): number {
  if (!tries || tries.failures < FREE_TRIES) return 0;
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (tries.failures - FREE_TRIES), LONGEST_WAIT_MS);
  // A clock that was set back makes nobody wait longer.
  return Math.min(waitMs, Math.max(0, tries.lastAt + waitMs - now));
}
