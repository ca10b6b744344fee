import type { EmbeddedBackend } from '../../../supabase/embedded/backend';
import { serve } from '../../../supabase/embedded/serve';
import { startTcpProxy } from '../../support/tcp-proxy';

/** A folder of built pages and an API on one origin, behind a wire that can be cut. */
export type Site = {
  url: string;
  cutNetwork: () => Promise<void>;
  close: () => Promise<void>;
};

/** Verna and its floors are served by the same server, so that no difference can come from there. */
export async function openSite(backend: EmbeddedBackend, dist: string): Promise<Site> {
  const serving = await serve({ backend, dist, port: 0 });
  const proxy = await startTcpProxy(Number(new URL(serving.url).port));
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    cutNetwork: () => proxy.cut(),
    close: async () => {
      await proxy.close();
      await serving.close();
    },
  };
}
