import { readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a profile keeps the app's database. The browser must not be running when something in it is changed. */
async function indexedDbDir(profileDir: string): Promise<string> {
  const parent = join(profileDir, 'Default', 'IndexedDB');
  const [name] = (await readdir(parent)).filter((each) => each.endsWith('.leveldb'));
  if (!name) throw new Error(`No database in ${parent}`);
  return join(parent, name);
}

/** The files of the database whose names match, newest last: LevelDB numbers them. */
async function files(profileDir: string, pattern: RegExp): Promise<string[]> {
  const dir = await indexedDbDir(profileDir);
  return (await readdir(dir))
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(dir, name));
}

/** The write-ahead log that is written to now: all since the last compaction is in it and nowhere else. */
async function log(profileDir: string): Promise<string> {
  const path = (await files(profileDir, /^\d+\.log$/)).at(-1);
  if (!path) throw new Error('The database has no log');
  return path;
}

export async function logBytes(profileDir: string): Promise<number> {
  return (await stat(await log(profileDir))).size;
}

export async function cutLog(profileDir: string, bytes: number): Promise<void> {
  await truncate(await log(profileDir), bytes);
}

/** Makes the file unreadable that says which files the database consists of. */
export async function overwriteManifest(profileDir: string): Promise<void> {
  const manifests = await files(profileDir, /^MANIFEST-/);
  if (manifests.length === 0) throw new Error('The database has no manifest');
  for (const path of manifests) await writeFile(path, Buffer.alloc(4096, 0xa5));
}
