import { rm } from 'node:fs/promises';
import { DATA_DIR } from './paths';

/** `npm run reset`: forgets everything the embedded backend keeps. Stop `npm start` first. */
await rm(DATA_DIR, { recursive: true, force: true });
console.log('The embedded database is gone. "npm start" begins with an empty one.');
