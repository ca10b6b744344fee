import { relative, resolve, sep } from 'node:path';

const SCREEN_MAY = ['domain', 'device', 'backend', 'ui', 'i18n'];
const SCREENS_APART =
  'Kiosk, staff and admin are loaded apart and never know each other: what two of them need moves down to ui, domain, device or membership.';

/** Which folders of src/ a folder may import besides itself. `packages`, where given, are the only ones allowed. */
const ARROWS = {
  domain: {
    may: [],
    packages: /^valibot$/,
    why: 'The rules are pure and run anywhere: time, ids and words are handed in, and Valibot is the only package.',
  },
  backend: {
    may: ['domain'],
    why: 'The door to Supabase knows only the rules, so that any caller can use it.',
  },
  device: {
    may: ['domain', 'backend'],
    why: 'What a tablet keeps knows no screen and reaches the network only through backend.',
  },
  ui: { may: [], why: 'Primitives know no business word: words and data come in as props.' },
  i18n: { may: ['domain'], why: 'Words may name what the rules name and know nothing that shows them.' },
  pwa: {
    may: ['domain', 'device'],
    why: 'The service worker and its registration serve every door and know none.',
  },
  membership: {
    may: SCREEN_MAY,
    why: 'The screens of enrolment belong to the kiosk and to the staff alike, and know neither.',
  },
  kiosk: { may: [...SCREEN_MAY, 'membership'], why: SCREENS_APART },
  staff: { may: [...SCREEN_MAY, 'membership'], why: SCREENS_APART },
  admin: { may: SCREEN_MAY, why: SCREENS_APART },
};

/** Packages that only some folders may import, dynamically or not. */
const OWNED_PACKAGES = [
  {
    name: /^@supabase\//,
    mayImport: ({ folder }) => folder === 'backend',
    why: 'Supabase is reached only through src/backend, so that one place knows what an error means.',
  },
  {
    name: /^idb(\/|$)/,
    mayImport: ({ folder }) => folder === 'device',
    why: 'IndexedDB is touched only in src/device, where every write is strict and every loss is healed.',
  },
  {
    name: /^libphonenumber-js(\/|$)/,
    mayImport: ({ folder }) => folder === 'device',
    why: 'Telephone numbers are read in src/device/phone.ts alone, so that every screen takes the same ones.',
  },
  {
    name: /^(workbox-|virtual:pwa)/,
    mayImport: ({ folder }) => folder === 'pwa',
    why: 'The service worker is the business of src/pwa alone.',
  },
  {
    name: /^svelte(\/|$)/,
    mayImport: ({ folder, path }) =>
      ['membership', 'kiosk', 'staff', 'admin', 'ui', ''].includes(folder) || path.endsWith('.svelte.ts'),
    why: 'Svelte belongs to screens, ui and *.svelte.ts: everything else must work without a screen.',
  },
  {
    name: /^node:/,
    mayImport: () => false,
    why: 'Everything in src runs in a browser.',
  },
];

/** The path inside src/ with forward slashes, or null outside. */
function insideSrc(cwd, file) {
  const path = relative(resolve(cwd, 'src'), file).split(sep).join('/');
  return path.startsWith('..') ? null : path;
}

/** The first folder of a path inside src/; '' for App, main and what else lies directly in src/. */
function folderOf(path) {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function whyForbidden(importer, specifier, cwd, filename) {
  const arrow = ARROWS[importer.folder];
  if (!specifier.startsWith('.')) {
    const owned = OWNED_PACKAGES.find(({ name }) => name.test(specifier));
    if (owned && !owned.mayImport(importer)) return owned.why;
    return arrow?.packages && !arrow.packages.test(specifier) ? arrow.why : null;
  }
  const target = insideSrc(cwd, resolve(filename, '..', specifier));
  if (target === null) return 'src is what ships: it imports nothing from outside src.';
  if (!arrow) return null;
  // '../domain' itself would be a barrel file: it names the folder without a slash.
  const folder = folderOf(`${target}/`);
  return folder === importer.folder || arrow.may.includes(folder) ? null : arrow.why;
}

/**
 * Holds the import arrows of src/. ESLint's no-restricted-imports sees neither `import()` nor `import('…').Type`,
 * and lazily loaded code is exactly where an arrow would be broken unseen.
 */
export const importArrows = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { forbidden: '{{from}} must not import {{specifier}}. {{why}}' },
  },
  create(context) {
    const path = insideSrc(context.cwd, context.filename);
    if (path === null) return {};
    const importer = { path, folder: folderOf(path) };
    const check = (node) => {
      const specifier = node?.type === 'TemplateLiteral' ? node.quasis[0].value.cooked : node?.value;
      if (typeof specifier !== 'string') return;
      const why = whyForbidden(importer, specifier, context.cwd, context.filename);
      const from = `src/${importer.folder || path}`;
      if (why) context.report({ node, messageId: 'forbidden', data: { from, specifier, why } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
    };
  },
};
