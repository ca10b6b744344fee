import { CUE_MS } from '../domain/low-score';

/*
 * Which customers of the last minutes gave a low score, for the staff who are still near them. Beside the database,
 * because it is nobody's record: the score itself is one already. A session's id and a time, nothing of a person.
 */
const NAME = 'verna.cues';

/** at: wall-clock ms. */
export type Cue = { session: string; at: number };

/** What is younger than ten minutes, the newest first. */
export function cuesAt(now: number): Cue[] {
  return read()
    .filter(({ at }) => at <= now && now - at < CUE_MS)
    .sort((a, b) => b.at - a.at);
}

/** A session's score is low. Whoever watches is told, in every tab. */
export function noteCue(session: string, now: number): void {
  write([...cuesAt(now).filter((cue) => cue.session !== session), { session, at: now }]);
}

/** Somebody has seen to it. */
export function settleCue(session: string, now: number): void {
  write(cuesAt(now).filter((cue) => cue.session !== session));
}

/** Tells the cues at once, whenever they change and when one is too old, until stopped. */
export function watchCues(tell: (cues: readonly Cue[]) => void, now: () => number = Date.now): () => void {
  const channel = new BroadcastChannel(NAME);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    const cues = cuesAt(now());
    tell(cues);
    const oldest = cues.at(-1);
    if (oldest) timer = setTimeout(look, oldest.at + CUE_MS - now());
  };
  channel.onmessage = look;
  look();
  return () => {
    clearTimeout(timer);
    channel.close();
  };
}

function read(): Cue[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isCue) : [];
  } catch {
    return [];
  }
}

function isCue(kept: unknown): kept is Cue {
  const cue = kept as Cue | null;
  return typeof cue?.session === 'string' && typeof cue.at === 'number';
}

function write(cues: readonly Cue[]): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(cues));
  } catch {
    // Full or forbidden: then nobody is told, and the score is kept all the same.
    return;
  }
  // A channel hears every other one of its name, also those of its own tab, and not itself.
  const channel = new BroadcastChannel(NAME);
  channel.postMessage('changed');
  channel.close();
}
