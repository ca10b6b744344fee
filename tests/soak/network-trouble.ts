import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../src/domain/demo/random';
import {
  appliedThenDropped,
  captivePortal,
  missingIds,
  noReply,
  otherNonce,
  refusal,
  replyCutShort,
  reset,
} from '../faults/support/network-faults';
import type { FaultServer } from '../faults/support/server';
import { flap, pass, type Fault } from '../support/fault-proxy';

/** What happens to single requests, and how likely each is beside the others. */
const FAULTS: readonly { name: string; fault: Fault; weight: number }[] = [
  { name: 'connection reset before the request arrived', fault: reset, weight: 3 },
  { name: 'applied, then dropped', fault: appliedThenDropped, weight: 5 },
  { name: 'reply cut short', fault: replyCutShort, weight: 3 },
  { name: 'no reply at all', fault: noReply, weight: 1 },
  { name: "a captive portal's page", fault: captivePortal, weight: 2 },
  { name: "another request's reply", fault: otherNonce, weight: 2 },
  { name: 'a reply that leaves out half of the records', fault: missingIds, weight: 3 },
  { name: '503', fault: refusal(503), weight: 3 },
  { name: '429 with Retry-After', fault: refusal(429, { 'retry-after': '1' }), weight: 1 },
];

const AWAY = 'network away for 50 to 500 ms, up to six times in a row';
const RESTARTED = 'server away for 0.5 to 3 s, its statements ended half-way';
export const NETWORK_TROUBLE = [...FAULTS.map(({ name }) => name), AWAY, RESTARTED];

/** Shares of all requests that meet a fault, calm and rough weather by turns. */
const SHARES = [0.05, 0.3, 0.7] as const;

/** Spoils single requests, lets the network flap and restarts the server, until it is over. Then all is whole again. */
export async function makeTrouble(
  server: FaultServer,
  random: Random,
  isOver: () => boolean,
  happened: (name: string, times?: number) => void,
): Promise<void> {
  const { network } = server;
  let share: number = SHARES[0];
  network.decide = () =>
    random.chance(share) ? FAULTS[random.weighted(FAULTS.map(({ weight }) => weight))]!.fault : pass;
  while (!isOver()) {
    await delay(random.integer(500, 3_000));
    share = random.pick(SHARES);
    if (random.chance(0.2)) {
      const times = random.integer(1, 6);
      await flap(network, random, ({ cuts }) => cuts >= times);
      happened(AWAY);
    } else if (random.chance(0.15)) {
      await restart(server, random.integer(500, 3_000));
      happened(RESTARTED);
    }
  }
  for (const { name, fault } of FAULTS) happened(name, network.fired(fault));
  await network.heal();
}

/** As the tablets see a restart: whatever the server was at is undone, and for a while nobody is there. */
async function restart({ network, backend }: FaultServer, downMs: number): Promise<void> {
  await network.cut();
  // Not terminated: the API's driver throws out of turn when its connection goes while it writes.
  await backend.sql.exec(
    'select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await delay(downMs);
  await network.restore();
}
