import * as v from 'valibot';

/*
 * How many records this browser has made, kept outside the database that holds them: a database that was cut, restored
 * from an old copy or cleared cannot know what it has forgotten. It holds a count and a random id, nobody's data.
 */
const KEY = 'verna.high-water';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const reached = { pairing: v.string(), made: count };
const highWaterSchema = v.object({
  ...reached,
  /** A pairing whose database is gone; kept until the server has been told. */
  gone: v.optional(v.object(reached)),
});
/** The number a pairing had reached. */
export type Reached = { pairing: string; made: number };
export type HighWater = v.InferOutput<typeof highWaterSchema>;

/** Null when nothing was kept, or nothing that can be read. */
export function highWater(): HighWater | null {
  try {
    const kept = v.safeParse(highWaterSchema, JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return kept.success ? kept.output : null;
  } catch {
    return null;
  }
}

/** Raises the mark to what the database says was made. It never falls, and never leaves a pairing by itself. */
export function raiseHighWater({ pairing, made }: Reached): void {
  const mark = highWater();
  if (!mark) keep({ pairing, made });
  else if (mark.pairing === pairing && mark.made < made) keep({ ...mark, made });
}

/**
 * Begins anew at 0 under another pairing. isGone says that the database did not know the one before: whatever of it
 * had not been sent is lost.
 */
export function moveHighWater(pairing: string, isGone: boolean): void {
  const mark = highWater();
  if (mark?.pairing === pairing) return;
  const gone = mark && isGone ? { pairing: mark.pairing, made: mark.made } : mark?.gone;
  keep({ pairing, made: 0, ...(gone && { gone }) });
}

/** The server has been told of this pairing. */
export function forgetGone({ pairing }: Reached): void {
  const mark = highWater();
  if (mark?.gone?.pairing === pairing) keep({ pairing: mark.pairing, made: mark.made });
}

/** Quietly does nothing where the browser refuses: then a loss goes unnoticed here, and shows as a gap on the server. */
function keep(mark: HighWater): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(mark));
  } catch {
    // Full or forbidden.
  }
}
