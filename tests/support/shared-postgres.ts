import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { openPostgresBackend, type EmbeddedBackend } from '../../supabase/embedded/backend';
import { openForPgTap, type DatabaseMaker } from './databases';

// A cluster for every file, and every migration on it, took longer than what most files do there.

const maker: DatabaseMaker = {
  createDatabase: async (name) => {
    const address = new URL(inject('template'));
    const template = address.pathname.slice(1);
    const copy = `${name}_${randomBytes(4).toString('hex')}`;
    const server = postgres(`${new URL('/postgres', address).href}`, { max: 1, onnotice: () => {} });
    await server.unsafe(`create database ${copy} template ${template}`).finally(() => server.end());
    return new URL(`/${copy}`, address).href;
  },
};

/** A database of its own, empty but for Verna's schema, on the Postgres that this run's files share. */
export async function openSharedPostgres(name: string): Promise<EmbeddedBackend> {
  return openPostgresBackend(await maker.createDatabase(name));
}

/** The same with pgTAP in it, or PGlite with pgTAP. */
export function openSharedForPgTap(engine: 'PGlite' | 'Postgres'): Promise<EmbeddedBackend> {
  return openForPgTap(engine, maker);
}
