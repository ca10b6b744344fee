/** What staff and the owner may know of a tablet's queue; no customer's words in it. */
export type SyncStatus = {
  /** 'paused': the server no longer knows this pairing; nothing is lost, a new code resumes. */
  connection: 'online' | 'offline' | 'paused';
  /** Records safe on this tablet that the server has not named yet. */
  waiting: number;
  /** Records the server refused by name, kept here for staff and owner. */
  quarantined: number;
  /** Wall-clock ms of the last acknowledgement, or null. */
  lastSentAt: number | null;
};

/** Told on the window when what waits does not get away although the server is there: a page loaded anew may do better. */
export const STALLED_EVENT = 'verna:stalled';

/** Why a tap could not be stored; the screen must say so in words. */
export type SaveFailure = 'full' | 'unavailable';

/** 'saved' is only said once the transaction is durable on the tablet's disk; id is the record's. */
export type SaveResult = { outcome: 'saved'; id: string } | { outcome: 'failed'; failure: SaveFailure };
