import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { openEmbeddedBackend, type EmbeddedBackend } from '../../supabase/embedded/backend';
import { PROJECT_DIR } from '../../supabase/embedded/paths';

// The embedded backend's library reports usage unless told not to.
process.env['DO_NOT_TRACK'] = '1';

const CACHE = join(PROJECT_DIR, 'node_modules', '.cache', 'verna');

/**
 * The embedded backend in memory, empty but for Verna's schema. Making a cluster takes most of PGlite's start and
 * gives the same one every time, so it is made once for each version of PGlite and copied from then on.
 */
export async function openMemoryBackend(
  options: Pick<PGliteOptions, 'extensions'> = {},
): Promise<EmbeddedBackend> {
  return openEmbeddedBackend(null, { ...options, loadDataDir: await emptyCluster() });
}

async function emptyCluster(): Promise<Blob> {
  const file = join(CACHE, `cluster-pglite-${await pgliteVersion()}.tar`);
  try {
    return new Blob([await readFile(file)]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = await PGlite.create();
  const cluster = await made.dumpDataDir('none');
  await made.close();
  // Named only when it is whole: several processes may be making it.
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await cluster.arrayBuffer()));
  await rename(unfinished, file);
  return cluster;
}

async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
