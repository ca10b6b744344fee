import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const FILLER = 'filler';
const CHUNK = Buffer.alloc(64 * 1024, 0xa5);

/** A disk of its own under a folder, so small that it can be filled. */
export type SmallDisk = {
  /** Leaves no byte; what others free meanwhile can be filled again by calling it again. */
  fill: () => void;
  makeRoom: () => void;
  remove: () => void;
};

/** Throws where nobody may mount: only the administrator can. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'verna-small-disk', folder);
  const filler = join(folder, FILLER);
  return {
    fill: () => {
      const file = openSync(filler, 'a');
      // Down to single bytes: a database needs less than a chunk.
      for (let bytes = CHUNK.length; bytes >= 1;) {
        try {
          if (writeSync(file, CHUNK, 0, bytes) < bytes) bytes >>= 1;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          bytes >>= 1;
        }
      }
      closeSync(file);
    },
    makeRoom: () => rmSync(filler, { force: true }),
    // The browser's last process may still be closing its files.
    remove: () => run('umount', '--lazy', folder),
  };
}

function run(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `A full disk can be tried only on a disk of its own, and "${command}" made none: run this as root, on Linux. ` +
      (error?.message ?? stderr.trim()),
  );
}
