import { clientsClaim } from 'workbox-core';
import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: (string | { url: string; revision: string | null })[];
};

// Many hosts answer a file that is not there with the page: stored as a script, it would break a half-published version.
addPlugins([
  {
    cacheWillUpdate: ({ request, response }) => {
      const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
      const isWanted = response.ok && (!isPage || new URL(request.url).pathname.endsWith('.html'));
      return Promise.resolve(isWanted ? response : null);
    },
  },
]);

// The app of one version, whole or not at all: an install that fails half-way leaves the old one in charge.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// Every address of the tablet is the same page; the owner's pages and the API are not the tablet's.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/admin(?:[/?]|$)/, /^\/rest\//, /^\/auth\//],
  }),
);

// The first visit must survive going offline at once; later versions wait until the page says that nobody is tapping.
clientsClaim();
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
