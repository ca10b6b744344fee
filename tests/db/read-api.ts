import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { EMBEDDED_PUBLISHABLE_KEY, type EmbeddedBackend } from '../../supabase/embedded/backend';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { createShop, ingest, pairTablet, recordOf, type Shop } from '../support/shop';

// Runs docs/read-api.md: what it shows is what works. On the backend of api.test.ts, for one takes longer to open than this to run.

const URL = 'http://backend.test';
const EMAIL = 'reports@example.test';
/** Of every account that signUp opens. */
const PASSWORD = 'correct horse';
const SINCE = '2000-01-01T00:00:00Z';
const guide = readFileSync(join(PROJECT_DIR, 'docs/read-api.md'), 'utf8');
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code]) => code!);

type Row = { occurred_at: string; answer_id: string; score: number };

export function testReadApi(opened: () => EmbeddedBackend): void {
  let backend: EmbeddedBackend;
  let shop: Shop;
  let known: Record<string, string>;

  /** Sends what a line of curl would send, with the variables of the shell filled in. */
  async function curl(line: string): Promise<{ status: number; body: unknown }> {
    const filled = line.replaceAll(/\$([A-Z_]+)/g, (_, name: string) => {
      expect(known, `the guide uses $${name}`).toHaveProperty(name);
      return known[name]!;
    });
    const [, url] = /^curl "([^"]+)"/.exec(filled)!;
    const headers = [...filled.matchAll(/ -H "([^:]+): ([^"]+)"/g)].map(([, name, value]) => [name!, value!]);
    const body = / -d "(.*)"$/m.exec(filled)?.[1]?.replaceAll('\\"', '"');
    const response = await backend.fetch(
      new Request(url!, {
        method: body === undefined ? 'GET' : 'POST',
        headers: headers as [string, string][],
        ...(body !== undefined && { body }),
      }),
    );
    return { status: response.status, body: await response.json() };
  }

  describe('the guide to the views', () => {
    beforeAll(async () => {
      backend = opened();
      shop = await createShop(backend, EMAIL);
      const tablet = await pairTablet(backend, shop, 'Counter');
      // Two of them at the same moment, so that a page may end between the two.
      await ingest(
        backend,
        tablet,
        [1, 2, 2, 3, 4].map((score, index) => recordOf(tablet, index + 1, { score })),
        'a',
      );
      await backend.sql.exec(`
    select private.ensure_answers_partition('2026-03-10Z');
    update public.answers set occurred_at = '2026-03-10T12:00:00Z' where score = 2;
  `);
      known = {
        URL,
        KEY: EMBEDDED_PUBLISHABLE_KEY,
        EMAIL,
        PASSWORD,
        TOKEN: shop.token,
        ORGANIZATION: shop.organization,
        SINCE,
        DAY: '2000-01-01',
        NEXT_DAY: '2100-01-01',
      };
    }, 60_000);

    it('signs in and reads places, scores and answers with curl, the second page going on where the first ended', async () => {
      const [signIn, places, scores, first, second, ...others] = blocks('sh');
      expect(others).toEqual([]);
      expect((await curl(signIn!)).body).toHaveProperty('access_token');
      expect((await curl(places!)).body).toEqual([
        { organization_id: shop.organization, location_id: shop.location, name: 'Vitosha 5' },
      ]);
      const counted = (await curl(scores!)).body as { score: number; n: number }[];
      expect(counted.reduce((sum, { n }) => sum + n, 0)).toBe(5);
      const answers = (await curl(first!)).body as Row[];
      expect(answers).toHaveLength(5);
      const at = answers.findIndex(({ score }) => score === 2);
      // A moment as a URL holds it: "+" would be a space there.
      known['LAST_AT'] = encodeURIComponent(answers[at]!.occurred_at);
      known['LAST_ID'] = answers[at]!.answer_id;
      expect((await curl(second!)).body).toEqual(answers.slice(at + 1));
    });

    it('reads every answer once with supabase-js, whatever the page size', async () => {
      const client = createClient(URL, EMBEDDED_PUBLISHABLE_KEY, {
        global: { fetch: (input, init) => backend.fetch(new Request(input, init)) },
        auth: { persistSession: false, autoRefreshToken: false },
        // Node 20 has no WebSocket of its own and the library asks for one even when nothing listens.
        realtime: { transport: WebSocket as never },
      });
      const [code, ...others] = blocks('js');
      expect(others).toEqual([]);
      const names = ['supabase', 'email', 'password', 'organization', 'since', 'pageSize'];
      // The guide's own words are what is tested.
      const run = new Function(...names, `return (async () => {${code}})()`) as (
        ...args: unknown[]
      ) => Promise<Row[]>;
      for (const pageSize of [1, 2, 100]) {
        const answers = await run(client, EMAIL, PASSWORD, shop.organization, SINCE, pageSize);
        expect(answers.map(({ score }) => score).sort()).toEqual([1, 2, 2, 3, 4]);
        expect(new Set(answers.map(({ answer_id }) => answer_id)).size).toBe(5);
      }
    });

    it('lists every view there is, and no other', async () => {
      const views = await backend.sql.query<{ name: string }>(
        `select viewname as name from pg_views where schemaname = 'public' order by 1`,
      );
      const listed = [...guide.matchAll(/^\| `(api_\w+)`/gm)].map(([, name]) => name);
      expect(listed.sort()).toEqual(views.map(({ name }) => name));
    });
  });
}
