/**
 * Rounds of PBKDF2 with HMAC-SHA-256 over a telephone number: what one guess costs whoever has stolen a tablet. One
 * number takes at least 45 ms on the slow machine this was chosen on, and 50 to 200 ms on a tablet.
 */
export const DIRECTORY_ROUNDS = 100_000;

/** What the keys made from one number are for; the server derives the same ones from these words. */
export const DIRECTORY_LABELS = {
  lookup: 'verna.directory.lookup',
  cipher: 'verna.directory.cipher',
  mac: 'verna.directory.mac',
} as const;

/** Bytes of a lookup, of an entry's initialization vector and of its authentication code. */
export const DIRECTORY_BYTES = { lookup: 16, iv: 16, mac: 16 } as const;
