import type { Connect, Plugin } from 'vite';

/** Every address under /admin is the owner's page, as a host's rewrite rule does it in production. */
export function ownerAddress(): Plugin {
  const rewrite: Connect.NextHandleFunction = (request, _, next) => {
    if (/^\/admin(?:[/?]|$)/.test(request.url ?? '')) request.url = '/admin.html';
    next();
  };
  return {
    name: 'verna-owner-address',
    configureServer: ({ middlewares }) => void middlewares.use(rewrite),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(rewrite),
  };
}
