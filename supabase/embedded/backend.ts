import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGliteOptions } from '@electric-sql/pglite';
import { App, type Connection } from '@supabase/lite';
import { applyMigrations, type SqlSession } from './migrations';

/** The embedded backend's publishable key. It is public by design and worth nothing without a policy or a grant. */
export const EMBEDDED_PUBLISHABLE_KEY = 'sb_publishable_verna_embedded';

export type EmbeddedBackend = {
  /** Answers /rest/v1 and /auth/v1 as hosted Supabase does. */
  fetch: (request: Request) => Promise<Response>;
  /** Plain SQL as the database's owner: for tests and tools, never for a request. */
  sql: SqlSession;
  close: () => Promise<void>;
};

export type PgliteBackend = EmbeddedBackend & {
  /** The database's files in one archive, from which PGlite's `loadDataDir` opens the same database again. */
  dump: () => Promise<Blob>;
};

/**
 * Opens the backend of `npm start`: PGlite in `dataDir` (a plain path; 'file:' would become part of its name), or
 * in memory when it is null.
 */
export async function openEmbeddedBackend(
  dataDir: string | null,
  pgliteOptions: Pick<PGliteOptions, 'extensions' | 'loadDataDir'> = {},
): Promise<PgliteBackend> {
  const { createPgliteConnection } = await import('@supabase/lite/pglite');
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const connection = await createPgliteConnection({
    url: dataDir ? join(dataDir, 'db') : 'memory://',
    pgliteOptions,
  });
  const sql: SqlSession = {
    exec: async (text) => (await connection.driver.exec(text)).map((result) => result.rows),
    query: async <Row>(text: string, parameters: unknown[] = []) =>
      (await connection.driver.query<Row>(text, parameters)).rows,
  };
  const jwtSecret = dataDir ? await keptSecret(join(dataDir, 'jwt-secret')) : randomBytes(32).toString('hex');
  const backend = await openOn(connection, sql, jwtSecret);
  return { ...backend, dump: () => connection.driver.dumpDataDir('none') };
}

/** The same HTTP API on a real Postgres, for what needs true concurrency. The database must be empty or Verna's own. */
export async function openPostgresBackend(url: string): Promise<EmbeddedBackend> {
  const { createPostgresConnection } = await import('@supabase/lite/postgres');
  const { default: postgres } = await import('postgres');
  const connection = createPostgresConnection({ url, postgresOptions: { max: 20, onnotice: () => {} } });
  // A connection of its own: a pool cannot promise that begin and commit meet on the same one.
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const sql: SqlSession = {
    // One statement answers with its rows, several with a list of such lists.
    exec: async (text) => {
      const results = await owner.unsafe(text).simple();
      return (Array.isArray(results[0]) ? results : [results]) as Record<string, unknown>[][];
    },
    query: async <Row>(text: string, parameters: unknown[] = []) =>
      (await owner.unsafe(text, parameters as never[])) as unknown as Row[],
  };
  const backend = await openOn(connection, sql, randomBytes(32).toString('hex'));
  // Without a limit, ending a pool that still serves a request never resolves.
  const close = async () =>
    void (await Promise.all([owner.end({ timeout: 5 }), connection.driver.end({ timeout: 5 })]));
  return { ...backend, close };
}

async function openOn(connection: Connection, sql: SqlSession, jwtSecret: string): Promise<EmbeddedBackend> {
  const app = new App({
    connection,
    auth: {
      enabled: true,
      jwt_secret: jwtSecret,
      publishable_key: EMBEDDED_PUBLISHABLE_KEY,
      minimum_password_length: 8,
      email: { enable_confirmations: false },
    },
  });
  await createApiRoles(sql);
  await app.ensureSystemSchema();
  await applyMigrations(sql);
  // On its first request the library grants every table to the API roles, which hosted Supabase no longer does and
  // our migrations revoke. Telling it that this is done keeps the grants as the migrations wrote them. The field is
  // private to the library: one reason why its version is pinned; tests/db/grants holds the result.
  Object.assign(connection, { rlsState: 'active' });
  return {
    fetch: (request) => app.fetch(request, { peerAddress: null }),
    sql,
    close: () => connection.close(),
  };
}

/** Hosted Supabase has these roles before the first migration runs. */
async function createApiRoles(sql: SqlSession): Promise<void> {
  for (const role of ['anon', 'authenticated', 'service_role']) {
    const known = await sql.query('select 1 from pg_roles where rolname = $1', [role]);
    if (known.length === 0) {
      await sql.exec(`create role ${role} nologin ${role === 'service_role' ? 'bypassrls' : ''}`);
    }
  }
  await sql.exec('grant usage on schema public to anon, authenticated, service_role');
}

/** Signs sessions; made on the first start and readable by the owner of the files alone. */
async function keptSecret(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = randomBytes(32).toString('hex');
  await writeFile(path, secret, { mode: 0o600, flag: 'wx' });
  await chmod(path, 0o600);
  return secret;
}
