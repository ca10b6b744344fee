import { pullMembers, type Credentials, type Membership } from '../../../src/backend/tablet-calls';
import { Directory } from '../../../src/device/directory';
import { directoryKey } from '../../../src/device/directory-key';
import { DirectoryPuller } from '../../../src/device/directory-puller';
import { timeOf } from './time-of';

const directory = new Directory('bench-directory');

/** Brings the directory up to date as a tablet does; returns how long that took, in ms. */
function pull(credentials: Credentials, membership: Membership): Promise<number> {
  return timeOf(() =>
    new DirectoryPuller(navigator.locks, async () => Date.now(), directory).keep(credentials, membership),
  );
}

/** The same pages asked for one after the other, and nothing kept; in ms. */
function readPages(credentials: Credentials): Promise<number> {
  return timeOf(async () => {
    let after = 0;
    for (;;) {
      const page = await pullMembers(credentials, after);
      if (!page.ok || page.value.outcome !== 'ok') throw new Error('The server gave no page');
      if (!page.value.more) return;
      after = page.value.seq;
    }
  });
}

/** Finds each number as staff do who typed it; the time of each, in ms. Throws when one is not found. */
async function lookups(phones: readonly string[], salt: string): Promise<number[]> {
  const times: number[] = [];
  for (const phone of phones) {
    times.push(
      await timeOf(async () => {
        const member = await directory.find(await directoryKey(phone, salt));
        if (!member) throw new Error('A member of the directory was not found');
      }),
    );
  }
  return times;
}

/** The slow hash of each number alone, in ms. */
async function hashes(phones: readonly string[], salt: string): Promise<number[]> {
  const times: number[] = [];
  for (const phone of phones) times.push(await timeOf(() => directoryKey(phone, salt)));
  return times;
}

declare global {
  interface Window {
    directories: {
      pull: typeof pull;
      readPages: typeof readPages;
      lookups: typeof lookups;
      hashes: typeof hashes;
    };
  }
}
window.directories = { pull, readPages, lookups, hashes };
