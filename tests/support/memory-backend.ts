import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGliteOptions } from '@electric-sql/pglite';
import { openEmbeddedBackend, type EmbeddedBackend } from '../../supabase/embedded/backend';
import { PROJECT_DIR } from '../../supabase/embedded/paths';

// The embedded backend's library reports usage unless told not to.
process.env['DO_NOT_TRACK'] = '1';
// A password's hash is dear on purpose, a tenth of a second; the library can be told to take the cheapest.
process.env['LITE_AUTH_BCRYPT_COST'] = '4';

const CACHE = join(PROJECT_DIR, 'node_modules', '.cache', 'verna');

/**
 * The embedded backend in memory, empty but for Verna's schema. Making a cluster and running every migration takes most of
 * its start and gives the same database every time, so it is made once for each state of both and copied from then on.
 */
export async function openMemoryBackend(
  options: Pick<PGliteOptions, 'extensions'> = {},
): Promise<EmbeddedBackend> {
  return openEmbeddedBackend(null, { ...options, loadDataDir: await emptyDatabase() });
}

async function emptyDatabase(): Promise<Blob> {
  const file = join(CACHE, `${await fingerprint()}.tar`);
  try {
    return new Blob([await readFile(file)]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = await openEmbeddedBackend(null);
  const database = await made.dump();
  await made.close();
  // Named only when it is whole: several processes may be making it.
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await database.arrayBuffer()));
  await rename(unfinished, file);
  for (const name of await readdir(CACHE)) {
    const earlier = join(CACHE, name);
    if (name.endsWith('.tar') && earlier !== file) await rm(earlier, { force: true });
  }
  return database;
}

/** Of all that the empty database is made of. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const migrations = (await readdir(join(PROJECT_DIR, 'supabase/migrations'))).sort();
  for (const path of [
    'node_modules/@electric-sql/pglite/package.json',
    'node_modules/@supabase/lite/package.json',
    'supabase/embedded/backend.ts',
    'supabase/embedded/migrations.ts',
    ...migrations.map((name) => `supabase/migrations/${name}`),
  ]) {
    hash.update(path).update(await readFile(join(PROJECT_DIR, path)));
  }
  return hash.digest('hex').slice(0, 16);
}
