import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, defineConfig, type InlineConfig, type Plugin, type PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { ownerAddress } from './supabase/embedded/owner-address';
import { headersFile } from './supabase/embedded/security-headers';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const define = { __APP_VERSION__: JSON.stringify(version) };

/** Compiles the messages, which takes as long as a bundle does: once for both. */
const messages = (): PluginOption =>
  paraglideVitePlugin({
    project: './src/i18n/project.inlang',
    outdir: './src/i18n/paraglide',
    outputStructure: 'message-modules',
    isServer: "typeof window === 'undefined'",
    strategy: ['globalVariable', 'baseLocale'],
  });

const screens = (): PluginOption[] => [svelte(), lightRuntime(), preloadFonts()];

/** See src/i18n/light-runtime.ts. */
function lightRuntime(): Plugin {
  const light = fileURLToPath(new URL('./src/i18n/light-runtime.ts', import.meta.url));
  return {
    name: 'verna-light-runtime',
    apply: 'build',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\/runtime(\.js)?$/ },
      handler: (_, importer) => (importer && /\/src\/i18n\//.test(importer) ? light : null),
    },
  };
}

/**
 * With font-display: optional a font that comes late is not used at all; asked for beside the scripts it comes in time
 * even on the first visit. Later visits have it from the service worker.
 */
function preloadFonts(): Plugin {
  return {
    name: 'verna-preload-fonts',
    apply: 'build',
    transformIndexHtml: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => file.endsWith('.woff2'))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: '' },
          injectTo: 'head' as const,
        })),
  };
}

/** The first screen from the last time is painted before its code is asked for, and needs its styles. */
function styleFirstScreen(): Plugin {
  return {
    name: 'verna-style-first-screen',
    apply: 'build',
    transformIndexHtml: (_, { bundle = {} }) => {
      const boot = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'boot');
      if (boot?.type !== 'chunk') return [];
      return [...(boot.viteMetadata?.importedCss ?? [])].map((file) => ({
        tag: 'link',
        attrs: { rel: 'stylesheet', href: `/${file}`, crossorigin: '' },
        injectTo: 'head' as const,
      }));
    },
  };
}

const ownerBuild = (root: string, outDir: string): InlineConfig => ({
  configFile: false,
  root,
  define,
  publicDir: false,
  logLevel: 'warn',
  plugins: screens(),
  build: {
    target: 'es2022',
    outDir,
    emptyOutDir: false,
    assetsDir: 'owner',
    rolldownOptions: { input: 'admin.html' },
  },
});

/**
 * The owner's pages are a page of their own and, in the build, a bundle of their own: sharing chunks with them made
 * the tablet's first screen carry a third more of the framework than it uses.
 */
function ownerPages(): Plugin {
  let config: InlineConfig;
  return {
    name: 'verna-owner-pages',
    apply: 'build',
    configResolved: ({ root, build: { outDir } }) => {
      config = ownerBuild(root, outDir);
    },
    closeBundle: { sequential: true, order: 'post', handler: () => build(config).then(() => {}) },
  };
}

/** The address of the server is known to the build alone, and the policy must name it. */
function hostingHeaders(): Plugin {
  let backendUrl: string | null;
  return {
    name: 'verna-hosting-headers',
    apply: 'build',
    configResolved: ({ env }) => {
      backendUrl = (env['VITE_SUPABASE_URL'] as string | undefined) ?? null;
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(backendUrl) });
    },
  };
}

export default defineConfig({
  define,
  plugins: [
    messages(),
    screens(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'service-worker.ts',
      injectRegister: null,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest}'],
        // The owner's pages need the network anyway and would triple what every tablet stores.
        globIgnores: ['admin.html', 'owner/**'],
      },
      manifest: {
        id: '/',
        name: 'Verna',
        short_name: 'Verna',
        description: 'How was it? A kiosk that keeps every answer.',
        lang: 'en',
        start_url: '/',
        scope: '/',
        display: 'fullscreen',
        display_override: ['fullscreen', 'standalone'],
        orientation: 'any',
        background_color: '#f7f5f0',
        theme_color: '#f7f5f0',
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
    styleFirstScreen(),
    hostingHeaders(),
    ownerAddress(),
    ownerPages(),
  ],
  build: {
    target: 'es2022',
    modulePreload: {
      polyfill: false,
      // The service worker holds every later file already, and a list of them would weigh on the first screen.
      resolveDependencies: (_, dependencies, { hostType }) => (hostType === 'html' ? dependencies : []),
    },
    rolldownOptions: {
      // Svelte's runtime is one module to the bundler: this lets what only later screens use go with those screens.
      treeshake: { moduleSideEffects: [{ test: /svelte.src.internal.client/, sideEffects: false }] },
    },
  },
});
