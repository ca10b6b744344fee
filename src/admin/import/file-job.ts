import type { ImportEnd, Sending } from '../send-records';
import type { FileSummary, ImportTypes } from './file-messages';

/** What is done with a file of one kind: the rest is the same for all (FileImport). */
export type FileJob<K extends ImportTypes> = {
  /** A worker that calls serveFile. */
  openWorker: () => Worker;
  /** A first guess at the owner's choices. */
  guess: (file: FileSummary, timeZone: string) => K['draft'];
  optionsOf: (
    draft: K['draft'],
  ) => { ok: true; options: K['options'] } | { ok: false; problem: K['problem'] };
  /** `locationOf`: location id of a location's name in the file; of null when the file names none. */
  run: (
    rows: readonly K['row'][],
    sending: Sending & { locationOf: (name: string | null) => string },
    draft: K['draft'],
  ) => Promise<ImportEnd>;
};

/** How a kind of file speaks to the owner. */
export type FileWords<K extends ImportTypes> = {
  problem: (problem: K['problem']) => string;
  refusal: (reason: K['reason']) => string;
  warning: (warning: K['warning']) => string;
  progress: (totals: { sent: string; total: string }) => string;
  stored: (stored: { count: number; n: string }) => string;
  serverRefusal: (reason: string) => string;
  /** The link to what was imported. */
  see: () => string;
};
