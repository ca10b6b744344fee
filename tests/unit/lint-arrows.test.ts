import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

// The project's own configuration, without the rules that would need each snippet on disk to know its types.
const eslint = new ESLint({
  overrideConfig: tseslint.configs.disableTypeChecked,
});

/** The reasons that the linter gives against `code` in `file`. */
async function complaints(file: string, code: string): Promise<string[]> {
  const source = file.endsWith('.svelte') ? `<script lang="ts">\n${code}\n</script>\n` : code;
  const [result] = await eslint.lintText(source, { filePath: file });
  const fatal = result?.messages.find((message) => message.fatal);
  if (!result || fatal) throw new Error(`Could not lint ${file}: ${fatal?.message}`);
  return result.messages
    .filter(({ ruleId }) => ruleId === 'verna/import-arrows')
    .map(({ message }) => message);
}

const forbidden: [file: string, imports: string, why: RegExp][] = [
  ['src/domain/a.ts', '../device/outbox', /rules are pure/],
  ['src/domain/import/a.ts', '../../ui/accent', /rules are pure/],
  ['src/domain/a.ts', '../i18n/locale.svelte', /rules are pure/],
  ['src/domain/a.ts', 'uuid', /rules are pure/],
  ['src/domain/a.ts', 'svelte', /Svelte belongs to screens/],
  ['src/backend/a.ts', '../device/outbox', /door to Supabase/],
  ['src/backend/a.ts', '../i18n/sync-words', /door to Supabase/],
  ['src/device/a.ts', '../kiosk/clock', /knows no screen/],
  ['src/device/a.ts', '../i18n/sync-words', /knows no screen/],
  ['src/device/a.ts', 'svelte/reactivity', /Svelte belongs to screens/],
  ['src/ui/Button.svelte', '../i18n/paraglide/messages', /words and data come in as props/],
  ['src/ui/charts/a.ts', '../../domain/answer', /words and data come in as props/],
  ['src/i18n/a.ts', '../ui/accent', /Words may name/],
  ['src/i18n/a.ts', 'svelte', /Svelte belongs to screens/],
  ['src/pwa/a.ts', '../kiosk/clock', /serve every door/],
  ['src/pwa/a.ts', 'svelte', /Svelte belongs to screens/],
  ['src/membership/EnrolForm.svelte', '../kiosk/clock', /know neither/],
  ['src/membership/a.ts', '../staff/pin', /know neither/],
  ['src/membership/a.ts', '../admin/report', /know neither/],
  ['src/admin/members/a.ts', '../../membership/consent-words', /never know each other/],
  ['src/device/a.ts', '../membership/enrolment.svelte', /knows no screen/],
  ['src/ui/a.ts', '../membership/consent-words', /words and data come in as props/],
  ['src/kiosk/Kiosk.svelte', '../staff/Staff.svelte', /never know each other/],
  ['src/kiosk/a.ts', '../admin/report', /never know each other/],
  ['src/staff/Staff.svelte', '../kiosk/clock', /never know each other/],
  ['src/staff/a.ts', '../admin/report', /never know each other/],
  ['src/admin/Admin.svelte', '../kiosk/Kiosk.svelte', /never know each other/],
  ['src/admin/pages/a.ts', '../../staff/pin', /never know each other/],
  ['src/kiosk/a.ts', '../pwa/wake-lock', /never know each other/],
  ['src/kiosk/a.ts', 'idb', /only in src\/device/],
  ['src/main.ts', 'idb', /only in src\/device/],
  ['src/device/a.ts', '@supabase/supabase-js', /only through src\/backend/],
  ['src/App.svelte', '@supabase/supabase-js', /only through src\/backend/],
  ['src/staff/a.ts', 'libphonenumber-js/max', /src\/device\/phone/],
  ['src/domain/a.ts', 'libphonenumber-js', /src\/device\/phone/],
  ['src/main.ts', 'workbox-window', /business of src\/pwa/],
  ['src/main.ts', 'virtual:pwa-register', /business of src\/pwa/],
  ['src/device/a.ts', 'node:fs', /runs in a browser/],
  ['src/admin/a.ts', '../../supabase/embedded/backend', /nothing from outside src/],
];

const allowed: [file: string, imports: string][] = [
  ['src/domain/import/a.ts', '../record'],
  ['src/domain/a.ts', 'valibot'],
  ['src/backend/a.ts', '@supabase/supabase-js'],
  ['src/backend/a.ts', '../domain/record'],
  ['src/device/a.ts', 'idb'],
  ['src/device/a.ts', '../backend/tablet-calls'],
  ['src/device/phone.ts', 'libphonenumber-js/max'],
  ['src/device/status.svelte.ts', 'svelte'],
  ['src/ui/Button.svelte', 'svelte'],
  ['src/pwa/a.ts', 'workbox-window'],
  ['src/kiosk/Kiosk.svelte', '../i18n/paraglide/messages'],
  ['src/kiosk/JoinScreen.svelte', '../membership/EnrolForm.svelte'],
  ['src/staff/a.ts', '../device/outbox'],
  ['src/staff/EnrolCard.svelte', '../membership/EnrolForm.svelte'],
  ['src/membership/EnrolForm.svelte', 'svelte'],
  ['src/membership/EnrolForm.svelte', '../device/phone'],
  // A folder of admin that only shares its name with another door.
  ['src/admin/pages/a.ts', '../staff/list'],
  ['src/App.svelte', './kiosk/Kiosk.svelte'],
  ['src/main.ts', './pwa/updates'],
];

describe('the import arrows', { timeout: 60_000 }, () => {
  it.each(forbidden)('keep %s from importing %s', async (file, imports, why) => {
    expect(await complaints(file, `import { x } from '${imports}';\nx();`)).toEqual([
      expect.stringMatching(why),
    ]);
  });

  it.each(allowed)('let %s import %s', async (file, imports) => {
    expect(await complaints(file, `import { x } from '${imports}';\nx();`)).toEqual([]);
  });

  it.each([
    ['a lazy import', `void import('../staff/pin');`],
    ['a lazy import in a template', 'void import(`../staff/pin`);'],
    ['a re-export', `export { pin } from '../staff/pin';`],
    ['a re-export of everything', `export * from '../staff/pin';`],
    ['a type', `import type { Pin } from '../staff/pin';\nexport type P = Pin;`],
    ["a type's lazy import", `export type P = import('../staff/pin').Pin;`],
    ['a whole folder', `import '../staff';`],
  ])('hold for %s', async (_, code) => {
    expect(await complaints('src/kiosk/a.ts', code)).toHaveLength(1);
  });

  it('say who must not import what', async () => {
    expect(await complaints('src/ui/a.ts', `import '../domain/answer';`)).toEqual([
      'src/ui must not import ../domain/answer. Primitives know no business word: words and data come in as props.',
    ]);
  });
});
