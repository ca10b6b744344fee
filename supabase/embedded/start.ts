import { join } from 'node:path';
import { build } from 'vite';
import { openEmbeddedBackend } from './backend';
import { DATA_DIR, PROJECT_DIR } from './paths';
import { serve, serveDevelopment } from './serve';

/**
 * `npm start`: builds the app, opens the embedded backend and serves both from one address.
 * With --dev (`npm run dev`) Vite serves the sources instead, without a service worker.
 */
const port = Number(process.env['PORT'] ?? 4170);
const isDevelopment = process.argv.includes('--dev');

if (!isDevelopment) {
  console.log('Building Verna …');
  await build({ root: PROJECT_DIR, logLevel: 'warn' });
}
const backend = await openEmbeddedBackend(DATA_DIR);
const serving = isDevelopment
  ? await serveDevelopment({ backend, root: PROJECT_DIR, port })
  : await serve({ backend, dist: join(PROJECT_DIR, 'dist'), port });
console.log(`
  Verna is running:  ${serving.url}

  The kiosk          ${serving.url}/
  The owner's page   ${serving.url}/admin
  The staff's page   ${serving.url}/staff

  Data is kept in .verna; "npm run reset" starts over. Stop with Ctrl+C.
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // PGlite writes its last pages when it closes; leaving before that would make the next start recover.
    void serving
      .close()
      .then(() => backend.close())
      .then(() => process.exit(0));
  });
}
