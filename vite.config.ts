import { readFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/**
 * Which built files a tablet needs without a network: all that the entry reaches, except through the owner's pages,
 * which need the network anyway and would triple what every tablet stores.
 */
const tabletFiles = new Set<string>();
function collectTabletFiles(): Plugin {
  return {
    name: 'verna-tablet-files',
    apply: 'build',
    generateBundle(_, bundle) {
      tabletFiles.clear();
      const visit = (fileName: string): void => {
        const chunk = bundle[fileName];
        if (chunk?.type !== 'chunk' || tabletFiles.has(fileName)) return;
        if (chunk.facadeModuleId?.includes('/src/admin/')) return;
        tabletFiles.add(fileName);
        for (const css of chunk.viteMetadata?.importedCss ?? []) tabletFiles.add(css);
        for (const asset of chunk.viteMetadata?.importedAssets ?? []) tabletFiles.add(asset);
        [...chunk.imports, ...chunk.dynamicImports].forEach(visit);
      };
      for (const [fileName, output] of Object.entries(bundle)) {
        if (output.type === 'chunk' && output.isEntry) visit(fileName);
      }
    },
  };
}

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [
    paraglideVitePlugin({
      project: './src/i18n/project.inlang',
      outdir: './src/i18n/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
    }),
    svelte(),
    collectTabletFiles(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'service-worker.ts',
      injectRegister: null,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest}'],
        manifestTransforms: [
          (entries) => ({
            manifest: entries.filter(
              ({ url }) => !url.startsWith('assets/') || tabletFiles.has(url) || url.endsWith('.woff2'),
            ),
            warnings: [],
          }),
        ],
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
  ],
  build: { target: 'es2022' },
});
