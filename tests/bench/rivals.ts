import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { serve } from '../../supabase/embedded/serve';
import { traceStorage } from '../faults/support-browser/trace';
import type { Bench } from './support/bench';
import { buildRivalPages } from './support/build-pages';
import { withCouch } from './support/couch-backend';
import { installRivals } from './support/install-rivals';
import { openPlainPage } from './support/plain-page';
import { withResources } from './support/resources';
import { median, p95 } from './support/statistics';
import { openStubBackend, type StubBackend } from './support/stub-backend';

/** `store` is its name in rivals/main.ts; `strictBy` says how one asks for strict writes, null: there is no way. */
type Rival = { store: string; title: string; library?: string; strictBy: string | null; sendsBy: string };

const OPTION = "the transaction's option";
const LOOP = 'a hand-written loop';
const REPLICATION = 'its own replication, which deletes nothing';
const RIVALS: readonly Rival[] = [
  { store: 'verna', title: 'Verna', strictBy: 'always is', sendsBy: 'Synchronizer and Drain' },
  { store: 'raw', title: 'IndexedDB', strictBy: OPTION, sendsBy: LOOP },
  { store: 'idb', title: 'idb', library: 'idb', strictBy: OPTION, sendsBy: LOOP },
  {
    store: 'dexie',
    title: 'Dexie',
    library: 'dexie',
    strictBy: 'chromeTransactionDurability',
    sendsBy: LOOP,
  },
  {
    store: 'rxdb',
    title: 'RxDB',
    library: 'rxdb',
    strictBy: 'the same, passed on to Dexie',
    sendsBy: REPLICATION,
  },
  { store: 'pouchdb', title: 'PouchDB', library: 'pouchdb-browser', strictBy: null, sendsBy: REPLICATION },
  { store: 'localforage', title: 'localForage', library: 'localforage', strictBy: null, sendsBy: LOOP },
];

const WARM_UP = 30;
const TURN = 10;
const TRACED = 50;
const DRAIN_WARM_UP = 500;

export const rivals: Bench = {
  name: 'rivals',
  method:
    `the same records in every store, each store on an origin of its own, no throttle. Store: ${TURN} records by turns ` +
    `in one browser, the order moving on by one, after ${WARM_UP + TRACED} to warm up and to count fdatasync by; every ` +
    `transaction strict by the library's own option, or forced from outside where it has none. Drain: a browser on an ` +
    `empty profile each time, after ${DRAIN_WARM_UP} to warm up, as strict as the library lets one ask; endpoint: the ` +
    `stub of the bench drain`,
  run: ({ quick }) =>
    withResources(async (resources) => {
      const versions = installRivals();
      const stub = openStubBackend();
      const dist = await resources.keepFolder(buildRivalPages());
      const site = await resources.keep(serve({ backend: withCouch(stub), dist, port: 0 }), ({ close }) =>
        close(),
      );
      const turns = quick ? 5 : 40;
      const stored = await withResources(async ({ openTablet }) =>
        measureStores((await openTablet()).context, site.url, turns),
      );
      const waiting = quick ? 2_000 : 10_000;
      const drained = await measureDrains(stub, site.url, { waiting, rounds: quick ? 1 : 3 });
      console.log(markdownOf(stored, drained, { versions, waiting }));
      return [];
    }),
};

/** Times in ms, and how often the disk was told to keep a record: as the library comes, and as it was timed. */
type Stored = { ms: number[]; syncsByDefault: number; syncsAsTimed: number };

async function measureStores(
  context: BrowserContext,
  url: string,
  turns: number,
): Promise<Map<Rival, Stored>> {
  const stored = new Map<Rival, Stored>();
  const pages = new Map<Rival, Page>();
  for (const rival of RIVALS) {
    const byDefault = await openRival(context, addressOf(rival, url, 'default'));
    const asTimed = await openRival(context, addressOf(rival, url, rival.strictBy ? 'asked' : 'forced'));
    const syncsAsTimed = await countSyncs(asTimed);
    if (syncsAsTimed < 1) throw new Error(`${rival.title} was to be strict and is not`);
    stored.set(rival, { ms: [], syncsByDefault: await countSyncs(byDefault), syncsAsTimed });
    await byDefault.close();
    pages.set(rival, asTimed);
  }
  await inRotation(turns, async (rival) => {
    stored.get(rival)?.ms.push(...(await append(pages.get(rival)!, TURN)));
  });
  return stored;
}

/** Times in ms of draining the `waiting` records, one a round. */
async function measureDrains(
  stub: StubBackend,
  url: string,
  { waiting, rounds }: { waiting: number; rounds: number },
): Promise<Map<Rival, number[]>> {
  const drained = new Map(RIVALS.map((rival) => [rival, [] as number[]]));
  await inRotation(rounds, (rival) =>
    withResources(async ({ keep, keepFolder }) => {
      const profile = await keepFolder(mkdtemp(join(tmpdir(), 'verna-bench-profile-')));
      const address = addressOf(rival, url, rival.strictBy ? 'asked' : 'default');
      const page = await keep(openPlainPage(address, profile), ({ close }) => close());
      await page.evaluate<number>(`window.rival.drain(${DRAIN_WARM_UP})`);
      stub.received.clear();
      drained.get(rival)?.push(await page.evaluate<number>(`window.rival.drain(${waiting})`));
      if (stub.received.size !== waiting)
        throw new Error(`The stub received ${stub.received.size} records from ${rival.store}`);
    }),
  );
  return drained;
}

/** By turns, and nobody always after the same neighbour or always first. */
async function inRotation(rounds: number, work: (rival: Rival) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const first = round % RIVALS.length;
    for (const rival of [...RIVALS.slice(first), ...RIVALS.slice(0, first)]) await work(rival);
  }
}

/** Browsers take every name under localhost for this machine: one server, and a database of its own for each store. */
function addressOf({ store }: Rival, url: string, durability: 'default' | 'asked' | 'forced'): string {
  return `${url.replace('//', `//${store}.`)}/?store=${store}&durability=${durability}`;
}

async function openRival(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'rival' in window);
  await append(page, WARM_UP);
  return page;
}

function append(page: Page, count: number): Promise<number[]> {
  return page.evaluate<number[]>(`window.rival.append(${count})`);
}

/** Calls of fdatasync a record: Chromium traces each as WritableFile::Sync. */
async function countSyncs(page: Page): Promise<number> {
  const steps = await traceStorage(page, () => append(page, TRACED));
  return steps.filter((step) => step === 'sync').length / TRACED;
}

/** Ready to be put into docs/benchmarks.md. */
function markdownOf(
  stored: Map<Rival, Stored>,
  drained: Map<Rival, number[]>,
  { versions, waiting }: { versions: Readonly<Record<string, string>>; waiting: number },
): string {
  const headings = [
    'store',
    'strict by',
    'fdatasync per record, by default',
    'as timed',
    'one record, median',
    'p95',
    `${waiting.toLocaleString('en')} sent, median`,
    'sent by',
  ];
  const rows = RIVALS.map((rival) => {
    const { ms = [], syncsByDefault = NaN, syncsAsTimed = NaN } = stored.get(rival) ?? {};
    return [
      [rival.title, versions[rival.library ?? '']].join(' ').trimEnd(),
      rival.strictBy ?? 'no way; forced from outside',
      syncsByDefault.toFixed(1),
      syncsAsTimed.toFixed(1),
      `${median(ms).toFixed(1)} ms`,
      `${p95(ms).toFixed(1)} ms`,
      `${(median(drained.get(rival) ?? []) / 1000).toFixed(1)} s`,
      rival.sendsBy,
    ];
  });
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
