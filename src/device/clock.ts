/** Where time and ids come from; tests hand in their own. */
export type Clock = {
  /** The tablet's wall clock, ms since 1970. It may be wrong and may jump. */
  now: () => number;
  /** Milliseconds since this start of the page; never goes back. */
  monotonicMs: () => number;
  /** Minutes to add to UTC for local time. */
  tzOffset: () => number;
  /** Names this start of the page. */
  boot: string;
};

export function browserClock(): Clock {
  return {
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    tzOffset: () => -new Date().getTimezoneOffset(),
    boot: crypto.randomUUID(),
  };
}
