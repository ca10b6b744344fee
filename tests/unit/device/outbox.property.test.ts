import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANSWERS, MISHAPS, World, type Fault } from './outbox-world';

/** How often to try; each run is another world. `VERNA_RUNS=20000 VERNA_SEED=7` tries longer, or the same again. */
const RUNS = Number(process.env['VERNA_RUNS'] ?? 400);
const SEED = process.env['VERNA_SEED'];

type Command = fc.AsyncCommand<object, World>;

function command(name: string, run: (world: World) => void | Promise<void>): Command {
  return { check: () => true, run: async (_, world) => run(world), toString: () => name };
}

const tab = fc.constantFrom(0, 1);
const tap = fc
  .tuple(
    tab,
    fc.oneof(
      { weight: 8, arbitrary: fc.constant('plain' as const) },
      { weight: 1, arbitrary: fc.constantFrom('poison' as const, 'giant' as const) },
    ),
  )
  .map(([at, nature]) => command(`tap ${nature} in tab ${at}`, (world) => world.tap(at, nature)));
const turns = fc
  .integer({ min: 1, max: 12 })
  .map((count) => command(`${count} turns`, (world) => world.turns(count)));
const answer = fc
  .tuple(fc.nat(3), fc.constantFrom(...ANSWERS), fc.nat(0xffff))
  .map(([which, kind, mask]) =>
    command(`answer request ${which}: ${kind} (${mask})`, (world) => world.answer(which, kind, mask)),
  );
const wake = tab.map((at) => command(`wake tab ${at}`, (world) => world.wake(at)));
const pass = fc
  .constantFrom(2_000, 60_000, 5 * 60_000)
  .map((ms) => command(`${ms} ms pass`, (world) => world.pass(ms)));
const crash = tab.map((at) => command(`tab ${at} crashes`, (world) => world.crash(at)));
const loss = tab.map((at) => command(`tab ${at} loses its database`, (world) => world.loseConnection(at)));
const disk = fc
  .constantFrom(0, 1, 3, Infinity)
  .map((room) => command(`room for ${room} writes`, (world) => world.fillDisk(room)));
const revoke = fc.constant(command('the pairing is revoked', (world) => world.revoke()));
const pair = tab.map((at) => command(`tab ${at} is paired anew`, (world) => world.pair(at)));

// Mostly taps, turns and answers: what can go wrong needs something under way.
const commands = fc.commands(
  [
    tap,
    tap,
    tap,
    turns,
    turns,
    turns,
    turns,
    answer,
    answer,
    answer,
    wake,
    wake,
    pass,
    crash,
    loss,
    disk,
    revoke,
    pair,
  ],
  { maxCommands: 60, size: 'max' },
);

describe('outbox, queue and drain, whatever happens between any two steps', () => {
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
      }),
  );
  afterEach(() => void vi.useRealTimers());

  it(
    'lose no confirmed record, double none, and bring all to the server once it is whole',
    { timeout: 0 },
    async () => {
      const fired = new Set<Fault>();
      const property = fc.asyncProperty(
        fc.record({ largestBatch: fc.integer({ min: 1, max: 50 }), hasLocks: fc.boolean() }),
        commands,
        async (circumstances, list) => {
          const world = new World(circumstances, fired);
          try {
            await world.pair(0);
            await fc.asyncModelRun(() => ({ model: {}, real: world }), list);
            await world.judge({ isHealed: false });
            await world.heal();
            await world.judge({ isHealed: true });
          } finally {
            world.end();
          }
        },
      );
      await fc.assert(property, { numRuns: RUNS, ...(SEED ? { seed: Number(SEED) } : {}) });
      expect([...fired].sort()).toEqual([...ANSWERS, ...MISHAPS].sort());
    },
  );
});
