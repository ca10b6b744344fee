import { ingest, pair } from '../../../src/backend/tablet-calls';
import { DatabaseHandle } from '../../../src/device/database';
import { Drain } from '../../../src/device/drain';
import { mintRecord } from '../../../src/device/mint';
import { Outbox } from '../../../src/device/outbox';
import { Queue } from '../../../src/device/queue';
import { randomSecret } from '../../../src/device/secrets';

export type ReplayRow = { at: number; score: number; comment: string };
export type ReplayTablet = { touchpoint: string; code: string; rows: ReplayRow[] };
export type ReplayCounts = { touchpoint: string; waitingWhileOffline: number; made: number; waiting: number };

/**
 * Runs inside a real browser, on the kiosk's own parts: each row of the file becomes records minted at the row's own
 * time, is stored as a tap is, and leaves through the drain. The second half is written while nothing can be sent.
 */
export async function replay(
  tablets: ReplayTablet[],
  network: { cut: () => Promise<void>; restore: () => Promise<void> },
): Promise<ReplayCounts[]> {
  const devices = [];
  for (const { touchpoint, code, rows } of tablets) {
    const database = new DatabaseHandle(`replay-${touchpoint}`);
    const [outbox, queue] = [new Outbox(database), new Queue(database)];
    const credentials = { pairing: crypto.randomUUID(), secret: randomSecret() };
    const reply = await pair(code, credentials, 'replay');
    if (!reply.ok || reply.value.outcome !== 'paired')
      throw new Error(`Not paired: ${JSON.stringify(reply)}`);
    await queue.becomePaired(credentials.pairing, credentials.secret, reply.value.settings);
    const drain = new Drain({
      queue,
      ingest,
      now: Date.now,
      random: Math.random,
      locks: undefined,
      events: { changed: () => {}, heard: () => {} },
    });
    devices.push({ touchpoint, rows, outbox, queue, drain, survey: reply.value.settings.survey.id });
  }

  for (const { rows, outbox, survey, drain } of devices) {
    await write(outbox, survey, rows.slice(0, Math.ceil(rows.length / 2)));
    await drain.wake();
  }
  await network.cut();
  for (const { rows, outbox, survey, drain } of devices) {
    await write(outbox, survey, rows.slice(Math.ceil(rows.length / 2)));
    await drain.wake();
  }
  const offline = await Promise.all(devices.map(({ queue }) => queue.counts()));
  await network.restore();
  await Promise.all(devices.map(({ drain }) => drain.wake()));
  return Promise.all(
    devices.map(async ({ touchpoint, queue, drain }, index) => {
      drain.stop();
      const { made, waiting } = await queue.counts();
      return { touchpoint, waitingWhileOffline: offline[index]!.waiting, made, waiting };
    }),
  );
}

async function write(outbox: Outbox, survey: string, rows: ReplayRow[]): Promise<void> {
  for (const row of rows) {
    const clock = { now: () => row.at, monotonicMs: () => 0, tzOffset: () => 0, boot: crypto.randomUUID() };
    const answer = { session: crypto.randomUUID(), survey, locale: 'en' } as const;
    const drafts = [
      await mintRecord({ type: 'nps', question: 'recommend', score: row.score, ...answer }, clock, null),
      ...(row.comment
        ? [
            await mintRecord(
              { type: 'comment', question: 'comment', text: row.comment, ...answer },
              clock,
              null,
            ),
          ]
        : []),
    ];
    for (const draft of drafts) {
      const { outcome } = await outbox.append(draft);
      if (outcome !== 'stored') throw new Error('A record was not stored');
    }
  }
}
