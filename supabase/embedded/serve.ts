import { getRequestListener } from '@hono/node-server';
import { createServer, preview, type Connect, type Plugin, type PreviewServer } from 'vite';
import { ownerAddress } from './owner-address';
import { securityHeaders } from './security-headers';
import type { EmbeddedBackend } from './backend';

const API_PREFIXES = ['/rest/v1/', '/auth/v1/'];
/** The largest request body read, in bytes: one batch is at most 1,000,000, and JSON in JSON doubles its quotes. */
const MAX_BODY_BYTES = 4_000_000;

/** Puts the backend's API into Vite's server, dev or preview. */
function api(backend: EmbeddedBackend): Plugin {
  const middleware = apiMiddleware(backend);
  return {
    name: 'verna-api',
    configureServer: ({ middlewares }) => void middlewares.use(middleware),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(middleware),
  };
}

/** On every answer of the built app, the API's too. The development server goes without: Vite's own scripts are inline. */
function secured(): Plugin {
  const headers = new Headers(securityHeaders(null));
  return {
    name: 'verna-security-headers',
    configurePreviewServer: ({ middlewares }) =>
      void middlewares.use((_, response, next) => {
        response.setHeaders(headers);
        next();
      }),
  };
}

function apiMiddleware(backend: EmbeddedBackend): Connect.NextHandleFunction {
  const listener = getRequestListener((request, { incoming }) =>
    answer(backend, request, incoming.socket.remoteAddress ?? 'unknown'),
  );
  return (request, response, next) => {
    if (API_PREFIXES.some((prefix) => request.url?.startsWith(prefix))) void listener(request, response);
    else next();
  };
}

async function answer(backend: EmbeddedBackend, request: Request, address: string): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) {
    return Response.json({ code: 'too_large', message: 'The request is too large' }, { status: 413 });
  }
  // Who calls is for the socket to say: the pairing throttle counts by these headers, and a caller can write any.
  const headers = new Headers(request.headers);
  headers.delete('cf-connecting-ip');
  headers.delete('x-forwarded-for');
  headers.set('x-real-ip', address);
  return backend.fetch(new Request(request, { headers }));
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
    plugins: [secured(), api(options.backend), ownerAddress()],
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return { url: `http://localhost:${address.port}`, close: () => server.close() };
}

/** Serves the sources as they change, with the API beside them. */
export async function serveDevelopment(options: {
  backend: EmbeddedBackend;
  root: string;
  port: number;
}): Promise<Serving> {
  const server = await createServer({
    root: options.root,
    server: { port: options.port, strictPort: true },
    plugins: [api(options.backend)],
  });
  await server.listen();
  return { url: `http://localhost:${options.port}`, close: () => server.close() };
}
