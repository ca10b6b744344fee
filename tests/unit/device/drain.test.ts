import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure, Result } from '../../../src/backend/failure';
import type { IngestReply } from '../../../src/backend/tablet-calls';
import { Drain, type DrainParts, type DrainState } from '../../../src/device/drain';
import type { Ingest } from '../../../src/device/send-batch';
import type { VernaRecord } from '../../../src/domain/record';
import { draft, pairedStore } from './support';
import { lockManager } from './tabs';

/** A server that keeps the once-only rule, and whose answers a test can spoil. */
class Server {
  readonly stored = new Map<string, string>();
  readonly batches: number[] = [];
  spoil:
    | ((records: readonly VernaRecord[], honest: () => Result<IngestReply>) => Result<IngestReply>)
    | null = null;

  ingest: Ingest = (_, nonce, records) => {
    this.batches.push(records.length);
    const honest = (): Result<IngestReply> => ({
      ok: true,
      value: {
        outcome: 'accepted',
        nonce,
        server_time: new Date().toISOString(),
        records: records.map((record) => {
          const known = this.stored.get(record.id);
          if (known === undefined) this.stored.set(record.id, record.sha256);
          return { id: record.id, outcome: known === undefined ? 'stored' : 'duplicate' };
        }),
      },
    });
    return Promise.resolve(this.spoil ? this.spoil(records, honest) : honest());
  };
}

const fails = (failure: Failure) => (): Result<IngestReply> => ({ ok: false, failure });

async function setUp(records: number, parts: Partial<DrainParts> = {}) {
  const { outbox, queue } = await pairedStore();
  for (let index = 0; index < records; index++) await outbox.append(draft(String(index)));
  const server = new Server();
  const states: DrainState[] = [];
  const drain = new Drain({
    queue,
    ingest: server.ingest,
    now: Date.now,
    random: () => 1,
    locks: undefined,
    events: { changed: (state) => states.push(state), heard: () => {} },
    ...parts,
  });
  return { outbox, queue, server, drain, states };
}

describe('the drain', () => {
  // Only the drain's own timers are faked: the database's run on setImmediate.
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }),
  );
  afterEach(() => void vi.useRealTimers());

  it('sends everything once and leaves nothing on the tablet', async () => {
    const { queue, server, drain } = await setUp(130);
    await drain.wake();
    expect(server.stored.size).toBe(130);
    expect(await queue.counts()).toEqual({ waiting: 0, quarantined: 0, made: 130 });
    expect(drain.state).toBe('idle');
  });

  it.each<[string, Failure]>([
    ['no answer', { code: 'unreachable' }],
    ['a time-out', { code: 'timeout' }],
    ['a 500', { code: 'busy', status: 500 }],
    ['a captive portal', { code: 'bad_reply', status: 200 }],
    ['a missing function', { code: 'function_missing', status: 404 }],
  ])('keeps every record after %s, and sends them once it is over', async (_, failure) => {
    const { queue, server, drain } = await setUp(10);
    server.spoil = fails(failure);
    await drain.wake();
    expect(drain.state).toBe('waiting');
    expect((await queue.counts()).waiting).toBe(10);
    server.spoil = null;
    await drain.wake();
    expect(server.stored.size).toBe(10);
    expect((await queue.counts()).waiting).toBe(0);
  });

  it('stores each record once when the server took the batch and its answer was lost', async () => {
    const { queue, server, drain } = await setUp(10);
    server.spoil = (_, honest) => {
      honest();
      return { ok: false, failure: { code: 'unreachable' } };
    };
    await drain.wake();
    expect(server.stored.size).toBe(10);
    expect((await queue.counts()).waiting).toBe(10);
    server.spoil = null;
    await drain.wake();
    expect(server.stored.size).toBe(10);
    expect((await queue.counts()).waiting).toBe(0);
  });

  it('deletes only the records that the server names', async () => {
    const { queue, server, drain } = await setUp(10);
    let spoiled = false;
    server.spoil = (_, honest) => {
      const result = honest();
      if (!spoiled && result.ok && result.value.outcome === 'accepted') {
        spoiled = true;
        result.value.records = [
          ...result.value.records.slice(0, 4),
          { id: 'somebody else', outcome: 'stored' },
        ];
        return result;
      }
      return { ok: false, failure: { code: 'unreachable' } };
    };
    await drain.wake();
    expect((await queue.counts()).waiting).toBe(6);
  });

  it('does not take a reply that names none of its records for progress', async () => {
    const { queue, server, drain } = await setUp(3);
    server.spoil = (_, honest) => {
      const result = honest();
      if (result.ok && result.value.outcome === 'accepted') result.value.records = [];
      return result;
    };
    await drain.wake();
    expect(drain.state).toBe('waiting');
    expect(server.batches).toHaveLength(1);
    expect((await queue.counts()).waiting).toBe(3);
  });

  it('sets aside the one record the server refuses and delivers the others', async () => {
    const { queue, server, drain } = await setUp(50);
    const poison = (await queue.nextBatch(50, 1e6))[17]!.record.id;
    server.spoil = (_, honest) => {
      const result = honest();
      if (result.ok && result.value.outcome === 'accepted') {
        result.value.records = result.value.records.map((entry) =>
          entry.id === poison ? { id: poison, outcome: 'refused', reason: 'off_scale' } : entry,
        );
      }
      return result;
    };
    await drain.wake();
    expect(await queue.counts()).toEqual({ waiting: 0, quarantined: 1, made: 50 });
  });

  it('halves a batch that is refused whole until the culprit stands alone', async () => {
    const { queue, server, drain } = await setUp(40);
    const culprit = (await queue.nextBatch(50, 1e6))[23]!.record.id;
    server.spoil = (records, honest) =>
      records.some((record) => record.id === culprit)
        ? { ok: false, failure: { code: 'too_large' } }
        : honest();
    await drain.wake();
    expect(server.stored.size).toBe(39);
    expect(await queue.counts()).toEqual({ waiting: 0, quarantined: 1, made: 40 });
  });

  it('sets nothing aside while everything is refused for its size, an empty batch as well', async () => {
    const { queue, server, drain } = await setUp(5);
    server.spoil = fails({ code: 'too_large', status: 413 });
    await drain.wake();
    expect(server.batches).toEqual([5, 2, 1, 0]);
    expect(drain.state).toBe('waiting');
    expect(await queue.counts()).toEqual({ waiting: 5, quarantined: 0, made: 5 });
    server.spoil = null;
    await drain.wake();
    expect(server.stored.size).toBe(5);
    expect(await queue.counts()).toEqual({ waiting: 0, quarantined: 0, made: 5 });
  });

  it.each(['revoked', 'unknown_pairing'] as const)(
    'pauses instead of blaming a lone record when the pairing turns out to be %s',
    async (outcome) => {
      const { queue, server, drain } = await setUp(1);
      server.spoil = (records) =>
        records.length > 0
          ? { ok: false, failure: { code: 'too_large', status: 413 } }
          : { ok: true, value: { outcome, nonce: '' } };
      await drain.wake();
      expect(drain.state).toBe('paused');
      expect(await queue.counts()).toEqual({ waiting: 1, quarantined: 0, made: 1 });
    },
  );

  it.each(['revoked', 'unknown_pairing'] as const)(
    'pauses when the pairing is %s and blames no record',
    async (outcome) => {
      const { queue, server, drain } = await setUp(5);
      server.spoil = () => ({ ok: true, value: { outcome, nonce: '' } });
      await drain.wake();
      expect(drain.state).toBe('paused');
      expect(await queue.counts()).toEqual({ waiting: 5, quarantined: 0, made: 5 });
    },
  );

  it('tries again by itself after a pause that grows', async () => {
    const { server, drain } = await setUp(1);
    server.spoil = fails({ code: 'unreachable' });
    await drain.wake();
    for (const expectedTries of [2, 3, 4]) {
      await vi.advanceTimersToNextTimerAsync();
      await vi.waitFor(() => expect(server.batches).toHaveLength(expectedTries));
    }
    drain.stop();
  });

  it('leaves the server alone for as long as it asked, whatever is tapped meanwhile', async () => {
    const { outbox, server, drain } = await setUp(1);
    server.spoil = fails({ code: 'busy', status: 429, retryAfterMs: 90_000 });
    await drain.wake();
    await outbox.append(draft());
    drain.recordStored();
    await vi.advanceTimersByTimeAsync(89_000);
    expect(server.batches).toHaveLength(1);
    server.spoil = null;
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.waitFor(() => expect(server.stored.size).toBe(2));
  });

  it('sends a record that was stored while the queue was being emptied', async () => {
    const { outbox, queue, server, drain } = await setUp(1);
    let added = false;
    server.spoil = (_, honest) => {
      if (!added) {
        added = true;
        void outbox.append(draft()).then(() => drain.recordStored());
      }
      return honest();
    };
    await drain.wake();
    await vi.waitFor(() => expect(server.stored.size).toBe(2));
    await vi.waitFor(async () => expect((await queue.counts()).waiting).toBe(0));
  });

  it('stores each record once when two tabs send the same queue with no lock', async () => {
    const { queue, server, drain } = await setUp(120);
    const second = new Drain({
      queue,
      ingest: server.ingest,
      now: Date.now,
      random: () => 1,
      locks: undefined,
      events: { changed: () => {}, heard: () => {} },
    });
    await Promise.all([drain.wake(), second.wake()]);
    expect(server.stored.size).toBe(120);
    expect((await queue.counts()).waiting).toBe(0);
  });

  it('says that it stalled when answer after answer settles nothing, and goes on trying', async () => {
    const { server, drain, states } = await setUp(3);
    server.spoil = fails({ code: 'busy', status: 503 });
    for (let tries = 0; tries < 8; tries++) await drain.wake();
    expect(states.filter((state) => state === 'stalled')).toHaveLength(1);
    expect(drain.state).toBe('stalled');
    server.spoil = null;
    await vi.advanceTimersToNextTimerAsync();
    await vi.waitFor(() => expect(drain.state).toBe('idle'));
    expect(server.stored.size).toBe(3);
  });

  it('does not call it stalled when the network is away, however long', async () => {
    const { server, drain, states } = await setUp(3);
    server.spoil = fails({ code: 'unreachable' });
    for (let tries = 0; tries < 30; tries++) await drain.wake();
    expect(states).not.toContain('stalled');
  });

  it('gives up a request that never ends, says that it stalled, and sends everything afresh', async () => {
    const { queue, server, drain, states } = await setUp(3, {
      ingest: vi
        .fn<Ingest>((...request) => server.ingest(...request))
        .mockReturnValueOnce(new Promise(() => {})),
    });
    const first = drain.wake();
    await vi.waitFor(() => expect(drain.state).toBe('sending'));
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    await first;
    expect(states).toContain('stalled');
    await vi.advanceTimersToNextTimerAsync();
    await vi.waitFor(async () => expect((await queue.counts()).waiting).toBe(0));
    expect(server.stored.size).toBe(3);
  });

  it('begins nothing more once another tab has taken the lock, and settles what was answered', async () => {
    const answers: (() => void)[] = [];
    const locks = lockManager();
    const { queue, server, drain } = await setUp(120, {
      locks,
      ingest: (...request) =>
        new Promise((resolve) => answers.push(() => void server.ingest(...request).then(resolve))),
    });
    const running = drain.wake();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    void locks.request('verna.drain', { steal: true }, () => {});
    answers[0]!();
    await running;
    expect(drain.state).toBe('waiting');
    expect(answers).toHaveLength(1);
    expect((await queue.counts()).waiting).toBe(70);
    await vi.advanceTimersToNextTimerAsync();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    drain.stop();
  });
});
