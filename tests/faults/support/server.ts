import { join } from 'node:path';
import { openPostgresBackend } from '../../../supabase/embedded/backend';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';
import { serve } from '../../../supabase/embedded/serve';
import type { VernaServer } from '../../e2e/support/verna-server';
import { startPostgres } from '../../support/databases';
import { startFaultProxy, type FaultProxy } from '../../support/fault-proxy';

/** The built app and its backend on a real Postgres 17, behind a wire on which anything can happen. */
export type FaultServer = VernaServer & {
  network: FaultProxy;
  /** Ends every statement of the API that takes longer; null lifts the limit. */
  limitStatements: (ms: number | null) => Promise<void>;
};

export async function startFaultServer(): Promise<FaultServer> {
  const postgres = await startPostgres();
  const backend = await openPostgresBackend(await postgres.createDatabase('verna'));
  const serving = await serve({ backend, dist: join(PROJECT_DIR, 'dist'), port: 0 });
  const network = await startFaultProxy(Number(new URL(serving.url).port));
  return {
    url: `http://127.0.0.1:${network.port}`,
    backend,
    network,
    cutNetwork: async () => void (await network.cut()),
    restoreNetwork: () => network.restore(),
    limitStatements: async (ms) => {
      // Zero is Postgres's word for no limit. Only new connections learn of it: the API's are ended, and it opens others.
      await backend.sql.exec(`
        do $$ begin
          execute format('alter database %I set statement_timeout = ${ms ?? 0}', current_database());
        end $$;
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`);
    },
    close: async () => {
      await network.close();
      await serving.close();
      await backend.close();
      await postgres.stop();
    },
  };
}
