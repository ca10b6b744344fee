import type { Bench } from './support/bench';
import { openDrainingPage, type DrainingPage } from './support/draining-page';
import type { Budget, Figure } from './support/figure';
import { withResources } from './support/resources';
import { median } from './support/statistics';
import { openStubBackend, type StubBackend } from './support/stub-backend';

const RECORDS = 10_000;
const LATENCY_MS = 50;
/** What the loop sends at once: 50 as the design says of a batch, 500 as much as the server takes. */
const LOOP_BATCHES = [50, 500];

export const drain: Bench = {
  name: 'drain',
  method:
    `${RECORDS.toLocaleString('en')} waiting records sent and deleted by the Synchronizer in a browser, no throttle; floor: a ` +
    `hand-written read–fetch–strict-delete loop with a fixed batch. Endpoint: a stub in Node that speaks ingest's ` +
    `reply and stores nothing; alternating`,
  run: ({ devicePages: pages, quick }) =>
    withResources(async (resources) => {
      const stub = openStubBackend();
      const tablet = { pairing: crypto.randomUUID(), secret: 'secret', survey: crypto.randomUUID() };
      const page = await openDrainingPage(resources, { backend: stub.backend, pages, tablet });
      if (!quick) await measure(page, stub, 1); // warms up
      const near = await measure(page, stub, quick ? 1 : 5);
      stub.delayMs = LATENCY_MS;
      const far = await measure(page, stub, quick ? 1 : 3);
      return [
        ...figuresOf('no latency', near, { ratio: 1.25 }),
        ...figuresOf(`${LATENCY_MS} ms latency`, far, { below: 1 }),
      ];
    }),
};

type Runs = { ms: number[]; requests: number };
type Measured = { verna: Runs; loops: { batch: number; runs: Runs }[] };

async function measure(page: DrainingPage, stub: StubBackend, rounds: number): Promise<Measured> {
  const verna: Runs = { ms: [], requests: 0 };
  const loops = LOOP_BATCHES.map((batch) => ({ batch, runs: { ms: [], requests: 0 } as Runs }));
  for (let round = 0; round < rounds; round++) {
    await measureOnce(verna, stub, () => page.byVerna(RECORDS));
    for (const { batch, runs } of loops) await measureOnce(runs, stub, () => page.byLoop(RECORDS, batch));
  }
  return { verna, loops };
}

async function measureOnce(runs: Runs, stub: StubBackend, drainAll: () => Promise<number>): Promise<void> {
  stub.received.clear();
  stub.requests = 0;
  runs.ms.push(await drainAll());
  runs.requests = stub.requests;
  if (stub.received.size !== RECORDS) throw new Error(`The stub received ${stub.received.size} records`);
}

function figuresOf(where: string, { verna, loops }: Measured, budget: Budget): Figure[] {
  return loops.map(({ batch, runs }) => ({
    what: `drain 10,000, ${where}`,
    ms: median(verna.ms),
    floor: { what: `loop with batches of ${batch}`, ms: median(runs.ms) },
    budget,
    note: `${verna.requests} requests against ${runs.requests}, n = ${verna.ms.length} each`,
  }));
}
