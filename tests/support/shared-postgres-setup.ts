import type { TestProject } from 'vitest/node';
import { openPostgresBackend } from '../../supabase/embedded/backend';
import { startPostgres } from './databases';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database of shared-postgres.ts that is copied. */
    template: string;
  }
}

/** One Postgres for all files of a run, with one database that has Verna's schema. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What gathers statistics in the middle of a file that takes a minute changes its plans.
  const server = await startPostgres({ flags: ['-c', 'autovacuum=off'] });
  const template = await server.createDatabase('verna_template');
  const backend = await openPostgresBackend(template);
  await backend.close();
  project.provide('template', template);
  return server.stop;
}
