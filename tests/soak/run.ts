import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../../src/domain/demo/random';
import { createShop } from '../e2e/support/shop';
import { startFaultServer } from '../faults/support/server';
import { ensureChromium } from '../support/chromium';
import { judge, type Judged } from './judge';
import { KioskTablet } from './kiosk-tablet';
import { makeTrouble, NETWORK_TROUBLE } from './network-trouble';
import { NodeTablet } from './node-tablet';

/**
 * `npm run soak -- 30m` (or 90s): ten tablets and one server on Postgres 17 go through every kind of trouble at once, by
 * seed. Nothing thanked for may be lost or doubled at any moment, and once the trouble ends all must arrive by itself.
 * Exits with 1 otherwise, and when a kind of fault never happened. Needs `npm run build` before.
 *
 * VERNA_SEED repeats every decision; when each is taken depends on the machine.
 */

const KIOSKS = 2;
const NODE_TABLETS = 8;
const JUDGE_EVERY_MS = 2_000;
const HEAL_WITHIN_MS = 120_000;
/** Streams of chance: a tablet's own waits are numbered as the tablets are, then those who use them, then the network. */
const USE_STREAM = 100;
const TROUBLE_STREAM = 200;

const USE = {
  pairedAnew: 'paired anew while records of the old pairing may wait',
  tabletKilled: 'tablet killed in whatever step it was',
  browserKilled: 'browser killed as a tap went to the disk',
  sameAtOnce: 'twenty identical batches at once',
  revoked: 'pairing revoked',
  poisoned: 'poisoned record',
};

const durationMs = parseDuration(process.argv[2] ?? '10m');
const seed = Number(process.env['VERNA_SEED'] ?? randomInt(2 ** 31));
console.log(`VERNA_SEED=${seed}, ${durationMs / 1000} s, ${KIOSKS} kiosks and ${NODE_TABLETS} tablets`);

// The API writes down each statement that fails, and here they are made to.
console.error = () => {};

ensureChromium();
const server = await startFaultServer();
const shop = await createShop(server.url);
const fired = new Map([...NETWORK_TROUBLE, ...Object.values(USE)].map((name) => [name, 0]));
const complaints: string[] = [];
let isOver = false;
let judged = 0;

const nodes: NodeTablet[] = [];
for (let index = 0; index < NODE_TABLETS; index += 1) {
  const { tablet } = await shop.newTablet('Lenina 5', `Tablet ${index}`);
  const random = createRandom(seed, index);
  nodes.push(new NodeTablet(tablet, { url: server.url, random, newCode: () => newCode(tablet) }));
}
const kiosks: KioskTablet[] = [];
for (let index = 0; index < KIOSKS; index += 1) {
  const { tablet, code } = await shop.newTablet('Lenina 5', `Kiosk ${index}`);
  kiosks.push(await KioskTablet.start(tablet, server.url, code));
}
await Promise.all(nodes.map((node) => node.pair()));
const all: Judged[] = [...nodes, ...kiosks];

const endsAt = performance.now() + durationMs;
const over = () => (isOver ||= performance.now() >= endsAt || complaints.length > 0);
await Promise.all([
  makeTrouble(server, createRandom(seed, TROUBLE_STREAM), over, happened),
  ...nodes.map((node, index) => useNode(node, index)),
  ...kiosks.map((kiosk, index) => useKiosk(kiosk, NODE_TABLETS + index)),
  judgeAgainAndAgain(),
]);
const healedMs = await heal();
report(healedMs);
await Promise.all([...nodes, ...kiosks].map((tablet) => tablet.close()));
await server.close();
process.exit(complaints.length === 0 ? 0 : 1);

/** '90s' or '30m', in ms. */
function parseDuration(text: string): number {
  const [, count, unit] = /^(\d+)([sm])$/.exec(text) ?? [];
  if (!count) throw new Error(`Not a duration like 90s or 30m: ${text}`);
  return Number(count) * (unit === 'm' ? 60_000 : 1_000);
}

function happened(name: string, times = 1): void {
  fired.set(name, (fired.get(name) ?? 0) + times);
}

/** Asks as often as it takes: the owner's calls go over the same wire. */
async function newCode(tablet: string): Promise<string> {
  for (;;) {
    const reply = await shop.calls.createPairingCode(shop.organization, tablet);
    if (reply.ok && reply.value.outcome === 'created') return reply.value.code;
    await delay(200);
  }
}

/** Taps a node tablet like a busy day, kills it, takes its pairing away and gives it a new one. */
async function useNode(node: NodeTablet, stream: number): Promise<void> {
  // Not the tablet's own: how often it draws depends on when the network answers.
  const random = createRandom(seed, USE_STREAM + stream);
  while (!over()) {
    await delay(random.integer(20, 400));
    if (node.isPaused) {
      await node.pair();
      happened(USE.pairedAnew);
    } else if (random.chance(0.01)) {
      await node.kill();
      happened(USE.tabletKilled);
    } else if (random.chance(0.01)) {
      if (await node.sendTheSameAtOnce()) happened(USE.sameAtOnce);
    } else if (random.chance(0.005)) {
      await revoke(node);
      happened(USE.revoked);
    } else {
      const isPoison = random.chance(0.01);
      await node.tap(isPoison);
      if (isPoison) happened(USE.poisoned);
    }
  }
}

async function revoke({ tablet }: Judged): Promise<void> {
  await server.backend.sql.query(
    'update public.pairings set revoked_at = now() where tablet_id = $1 and revoked_at is null',
    [tablet],
  );
}

async function useKiosk(kiosk: KioskTablet, stream: number): Promise<void> {
  const random = createRandom(seed, USE_STREAM + stream);
  while (!over()) {
    await delay(random.integer(100, 1_000));
    if (random.chance(0.1)) {
      await kiosk.killWhileTapping(random.integer(1, 5));
      happened(USE.browserKilled);
    } else {
      await kiosk.tap(random.integer(1, 5));
    }
  }
}

async function judgeAgainAndAgain(): Promise<void> {
  while (!over()) {
    await delay(JUDGE_EVERY_MS);
    await judgeAll();
  }
}

async function judgeAll(): Promise<void> {
  for (const tablet of all) {
    const verdict = await judge(server.backend, tablet);
    if (!verdict) continue;
    judged += 1;
    for (const [what, found] of Object.entries(verdict))
      if (typeof found === 'number' ? found !== 0 : found.length > 0)
        complaints.push(`${tablet.tablet}: ${what} ${JSON.stringify(found)}`);
  }
}

/** Everything is whole: what waits arrives, exactly the poison is set aside. Returns how long it took, in ms. */
async function heal(): Promise<number> {
  const since = performance.now();
  for (const node of nodes) {
    // A pairing revoked at the very end shows at the next try.
    await node.wake();
    if (node.isPaused) await node.pair();
  }
  const isDone = async (tablet: Judged) => {
    const held = await tablet.held();
    return held !== null && held.pending.length === 0 && held.quarantined.length === tablet.poison.size;
  };
  const waiting = new Set(all);
  while (waiting.size > 0 && performance.now() - since < HEAL_WITHIN_MS) {
    for (const tablet of waiting) if (await isDone(tablet)) waiting.delete(tablet);
    if (waiting.size > 0) await delay(50);
  }
  const tookMs = performance.now() - since;
  for (const tablet of waiting)
    complaints.push(`${tablet.tablet}: not healed, holds ${JSON.stringify(await tablet.held())}`);
  await judgeAll();
  return tookMs;
}

function report(healedMs: number): void {
  const never = [...fired].filter(([, times]) => times === 0).map(([name]) => name);
  for (const name of never) complaints.push(`it never happened: ${name}`);
  const width = Math.max(...[...fired.keys()].map((name) => name.length));
  for (const [name, times] of [...fired].sort(([, one], [, other]) => other - one))
    console.log(`${name.padEnd(width)} ${String(times).padStart(7)}`);
  const sum = (count: (tablet: Judged) => number) => all.reduce((total, each) => total + count(each), 0);
  console.log(
    [
      `\nseed ${seed}`,
      `${sum(({ seen }) => seen.confirmed.size)} thanked for`,
      `${sum(({ poison }) => poison.size)} of them poison`,
      `${judged} looks of the judge`,
      `${complaints.length} complaints`,
      `healed in ${(healedMs / 1000).toFixed(1)} s`,
    ].join(', '),
  );
  for (const complaint of complaints) console.log(complaint);
}
