import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddedBackend } from '../../../supabase/embedded/backend';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';
import { serve } from '../../../supabase/embedded/serve';
import { openMemoryBackend } from '../../support/memory-backend';
import { startTcpProxy } from '../../support/tcp-proxy';

/** The built app and an empty embedded backend behind a wire that can be cut. */
export type VernaServer = {
  /** The app's origin as browsers see it; it stays the same over cuts. */
  url: string;
  backend: EmbeddedBackend;
  /** No connection survives and none can be made until `restoreNetwork`. */
  cutNetwork(): Promise<void>;
  restoreNetwork(): Promise<void>;
  close(): Promise<void>;
};

/** Starts on a free port with its data in memory. Needs `npm run build` before. */
export async function startVerna(dist = join(PROJECT_DIR, 'dist')): Promise<VernaServer> {
  if (!existsSync(join(dist, 'index.html')))
    throw new Error('The app is not built: run "npm run build" first.');
  const backend = await openMemoryBackend();
  const serving = await serve({ backend, dist, port: 0 });
  const proxy = await startTcpProxy(Number(new URL(serving.url).port));
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    backend,
    cutNetwork: () => proxy.cut(),
    restoreNetwork: () => proxy.restore(),
    close: async () => {
      // First the wire: a browser's kept-alive connection would hold the server open.
      await proxy.close();
      await serving.close();
      await backend.close();
    },
  };
}
