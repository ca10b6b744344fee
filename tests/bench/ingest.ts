import { pair } from '../../src/backend/tablet-calls';
import { openPostgresBackend, type EmbeddedBackend } from '../../supabase/embedded/backend';
import { serve } from '../../supabase/embedded/serve';
import { createShop, type TestShop } from '../e2e/support/shop';
import { startPostgres } from '../support/databases';
import { openMemoryBackend } from '../support/memory-backend';
import { mintQueue } from './pages/answers';
import type { DrainingTablet } from './pages/record-store';
import type { Bench } from './support/bench';
import { openDrainingPage } from './support/draining-page';
import type { Figure } from './support/figure';
import { withResources, type Resources } from './support/resources';

/** As many as a tablet sends at once when it has many. */
const BATCH = 500;

export const ingest: Bench = {
  name: 'ingest',
  method:
    `a waiting queue drained by the Synchronizer in a browser through the real ingest; floor: the database alone, the same ` +
    `function called in SQL with batches of ${BATCH}. The database is on this machine and, Postgres too, without fsync`,
  run: ({ devicePages: pages, quick }) =>
    withResources(async (resources) => {
      const count = quick ? 500 : 5_000;
      const pglite = await resources.keep(openMemoryBackend(), ({ close }) => close());
      const server = await resources.keep(startPostgres(), ({ stop }) => stop());
      const url = await server.createDatabase('bench');
      const postgres = await resources.keep(openPostgresBackend(url), ({ close }) => close());
      return [
        await measure(resources, { name: 'PGlite', backend: pglite, pages, count }),
        await measure(resources, { name: 'Postgres 17', backend: postgres, pages, count }),
      ];
    }),
};

async function measure(
  resources: Resources,
  { name, backend, pages, count }: { name: string; backend: EmbeddedBackend; pages: string; count: number },
): Promise<Figure> {
  const { url } = await resources.keep(serve({ backend, dist: pages, port: 0 }), ({ close }) => close());
  const shop = await createShop(url);
  const direct = await newTablet(shop, url, 'In SQL');
  const draining = await newTablet(shop, url, 'In a browser');
  const page = await openDrainingPage(resources, { backend, pages, tablet: draining });

  // One batch each warms both up.
  await ingestInSql(backend, direct, { count: BATCH, firstSeq: 1 });
  await page.byVerna(BATCH);
  const floorMs = await ingestInSql(backend, direct, { count, firstSeq: BATCH + 1 });
  const ms = await page.byVerna(count);
  await expectReceived(backend, count + BATCH);
  return {
    what: `drain ${count.toLocaleString('en')} through ingest, ${name}`,
    ms,
    floor: { what: `${name} alone`, ms: floorMs },
    note: `${perSecond(count, ms)} against ${perSecond(count, floorMs)} records/s`,
  };
}

async function newTablet(shop: TestShop, url: string, name: string): Promise<DrainingTablet> {
  const { code } = await shop.newTablet('Lenina 5', name);
  const credentials = { pairing: crypto.randomUUID(), secret: 'a'.repeat(64) };
  const paired = await pair(code, credentials, 'bench', { url });
  if (!paired.ok || paired.value.outcome !== 'paired') throw new Error(`${name} was not paired`);
  return { ...credentials, survey: paired.value.settings.survey.id };
}

/** Calls ingest without HTTP, JSON over the wire, or a browser; returns ms. */
async function ingestInSql(
  { sql }: EmbeddedBackend,
  { pairing, secret, survey }: DrainingTablet,
  { count, firstSeq }: { count: number; firstSeq: number },
): Promise<number> {
  const records = await mintQueue(count, { pairing, survey, firstSeq });
  const startedAt = performance.now();
  for (let at = 0; at < count; at += BATCH) {
    const batch = JSON.stringify(records.slice(at, at + BATCH));
    await sql.query('select public.ingest($1, $2, $3, $4)', [pairing, secret, 'bench', batch]);
  }
  return performance.now() - startedAt;
}

/** Both tablets' records must be there: what was refused is quick. */
async function expectReceived({ sql }: EmbeddedBackend, each: number): Promise<void> {
  const rows = await sql.query<{ n: number }>('select count(*)::integer as n from public.answers');
  if (rows[0]?.n !== 2 * each) throw new Error(`${rows[0]?.n} answers are there instead of ${2 * each}`);
}

function perSecond(count: number, ms: number): string {
  return Math.round((count / ms) * 1000).toLocaleString('en');
}
