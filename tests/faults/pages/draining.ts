import { ingest, pair, type Credentials } from '../../../src/backend/tablet-calls';
import { browserClock } from '../../../src/device/clock';
import { DatabaseHandle } from '../../../src/device/database';
import { Drain, type DrainState } from '../../../src/device/drain';
import { mintRecord } from '../../../src/device/mint';
import { Outbox } from '../../../src/device/outbox';
import { Queue } from '../../../src/device/queue';
import { seal } from '../../../src/device/seal';
import { randomSecret, sha256 } from '../../../src/device/secrets';

/*
 * Runs inside a real browser, on the kiosk's own parts and without its screens, so that the test is told of every record
 * by its id, and decides when the drain begins.
 */

/** A score for the first question, or a comment. */
export type Given = number | string;
export type Made = { id: string; sha256: string };

/** `chance` stands for every random number: 0 sends again without a wait. */
export type DrainOptions = { chance?: number; timeoutMs?: number };

const database = new DatabaseHandle();
const outbox = new Outbox(database);
const queue = new Queue(database);
const clock = browserClock();
let drain: Drain | undefined;

/** Pairs this browser, or pairs it anew; returns as whom. */
export async function become(code: string): Promise<Credentials> {
  const credentials = { pairing: crypto.randomUUID(), secret: randomSecret() };
  const reply = await pair(code, credentials, 'faults');
  if (!reply.ok || reply.value.outcome !== 'paired') throw new Error(`Not paired: ${JSON.stringify(reply)}`);
  await queue.becomePaired(credentials.pairing, credentials.secret, reply.value.settings);
  return credentials;
}

/** Stores each answer as a tap is stored; returns the records that the outbox confirmed. */
export async function write(given: readonly Given[]): Promise<Made[]> {
  const { settings } = await outbox.identity();
  if (!settings) throw new Error('This tablet is not paired');
  const made: Made[] = [];
  for (const value of given) {
    const answer = { session: crypto.randomUUID(), survey: settings.survey.id, locale: 'en' } as const;
    const draft = await mintRecord(
      typeof value === 'number'
        ? { type: 'csat', question: 'satisfaction', score: value, ...answer }
        : { type: 'comment', question: 'comment', text: value, ...answer },
      clock,
      null,
    );
    const { outcome } = await outbox.append(
      typeof value === 'number' ? draft : { ...draft, body: await seal(database, draft.id, draft.body) },
    );
    if (outcome === 'stored') made.push({ id: draft.id, sha256: draft.sha256 });
    drain?.recordStored();
  }
  return made;
}

/** Begins to drain, or sends now; resolves with the drain's state once this go is over. */
export async function send({ chance = 0, timeoutMs = 20_000 }: DrainOptions = {}): Promise<DrainState> {
  drain ??= new Drain({
    queue,
    ingest: (credentials, nonce, records) => ingest(credentials, nonce, records, { timeoutMs }),
    now: Date.now,
    random: () => chance,
    locks: navigator.locks,
    events: { changed: () => {}, heard: () => {} },
  });
  await drain.wake();
  return drain.state;
}

/** Whether any tab holds the lock now, asked in the turn in which this go of the drain is over. */
export async function sendAndLookAtLock(options: DrainOptions): Promise<string[]> {
  await send(options);
  const { held = [] } = await navigator.locks.query();
  return held.map(({ name = '' }) => name);
}

/** Gives a record that waits another body, as no part of Verna ever does. */
export async function rewrite(id: string, score: number): Promise<void> {
  await database.run(async (connection) => {
    const record = (await connection.getAll('records')).find((waiting) => waiting.id === id);
    if (typeof record?.body !== 'string') throw new Error(`${id} does not wait`);
    const body = JSON.stringify({ ...(JSON.parse(record.body) as object), score });
    await connection.put('records', { ...record, body, sha256: await sha256(body) });
  });
}
