import { getRequestListener } from '@hono/node-server';
import { preview, type Connect, type PreviewServer } from 'vite';
import type { EmbeddedBackend } from './backend';

const API_PREFIXES = ['/rest/v1/', '/auth/v1/'];
/** The largest request body read, in bytes: one batch is at most 1,000,000, and JSON in JSON doubles its quotes. */
const MAX_BODY_BYTES = 4_000_000;

/** Puts the backend's API into Vite's server, dev or preview. */
export function apiMiddleware(backend: EmbeddedBackend): Connect.NextHandleFunction {
  const listener = getRequestListener((request) => answer(backend, request));
  return (request, response, next) => {
    if (API_PREFIXES.some((prefix) => request.url?.startsWith(prefix))) void listener(request, response);
    else next();
  };
}

async function answer(backend: EmbeddedBackend, request: Request): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) {
    return Response.json({ code: 'too_large', message: 'The request is too large' }, { status: 413 });
  }
  return backend.fetch(request);
}

export type Serving = { url: string; close: () => Promise<void> };

/** Serves the built app and the API from one origin. Port 0 takes any free one; host null stays on this machine. */
export async function serve(options: {
  backend: EmbeddedBackend;
  dist: string;
  port: number;
  host?: string;
}): Promise<Serving> {
  const server: PreviewServer = await preview({
    configFile: false,
    logLevel: 'warn',
    build: { outDir: options.dist },
    preview: {
      port: options.port,
      host: options.host ?? '127.0.0.1',
      strictPort: options.port !== 0,
      headers: { 'cache-control': 'no-cache' },
    },
    plugins: [
      {
        name: 'verna-api',
        configurePreviewServer: ({ middlewares }) => void middlewares.use(apiMiddleware(options.backend)),
      },
    ],
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return { url: `http://localhost:${address.port}`, close: () => server.close() };
}
