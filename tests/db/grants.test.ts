import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import type { SqlSession } from '../../supabase/embedded/migrations';
import { openMemoryBackend } from '../support/memory-backend';
import { openSharedPostgres } from '../support/shared-postgres';
import { createShop, send } from '../support/shop';

/** Every right of anybody on anything, and every default for what will be made. */
const rightsIn = (sql: SqlSession) =>
  sql.query(`
    select 'schema' as kind, nspname::text as name, nspacl::text as rights from pg_namespace
    where nspname !~ '^pg_(toast|temp)'
    union all select 'table', oid::regclass::text, relacl::text from pg_class
    where relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'auth'::regnamespace) and relkind <> 'i'
    union all select 'column', concat_ws(' ', attrelid::regclass, attname), attacl::text from pg_attribute where attacl is not null
    union all select 'function', oid::regprocedure::text, proacl::text from pg_proc
    where pronamespace in ('public'::regnamespace, 'private'::regnamespace)
    union all select 'default', concat_ws(' ', defaclnamespace, defaclobjtype, defaclrole::regrole), defaclacl::text from pg_default_acl
    order by 1, 2`);

// The library logs every refused request whole; that is its own log, not an answer.
vi.spyOn(console, 'error').mockImplementation(() => {});

describe.each([
  ['PGlite', () => openMemoryBackend()],
  ['Postgres', () => openSharedPostgres('grants')],
])('on %s', (_, open) => {
  let backend: EmbeddedBackend;
  beforeAll(async () => void (backend = await open()), 60_000);
  afterAll(() => backend?.close());

  it('leaves every right as the migrations wrote it, whatever is requested', async () => {
    const before = await rightsIn(backend.sql);
    const shop = await createShop(backend);
    const read = await send(backend, 'GET', '/rest/v1/tablets?select=id', { token: shop.token });
    expect(read.status, read.text).toBe(200);
    await send(backend, 'GET', '/rest/v1/answers');
    await send(backend, 'DELETE', '/rest/v1/answers?id=not.is.null', { token: shop.token });
    expect(await rightsIn(backend.sql)).toEqual(before);
    expect(before.length).toBeGreaterThan(50);
  });
});
