import { join } from 'node:path';

export const PROJECT_DIR = join(import.meta.dirname, '..', '..');
/** Everything the embedded backend keeps. Removing it starts over. */
export const DATA_DIR = join(PROJECT_DIR, '.verna');
