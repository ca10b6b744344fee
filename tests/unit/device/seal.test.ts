import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { opened } from '../../../src/device/queue';
import { seal, sealDraft, unseal } from '../../../src/device/seal';
import { draft, pairedStore } from './support';

const WORDS = '{"text":"Мария от касата беше груба"}';

const wordsDraft = () => ({
  ...draft(),
  body: WORDS,
  sha256: createHash('sha256').update(WORDS).digest('hex'),
});

describe('what a person wrote', () => {
  it('lies on the disk unreadable and leaves as it was written', async () => {
    const { outbox, queue, database } = await pairedStore();
    const written = wordsDraft();
    await outbox.append(await sealDraft(database, written));
    const [stored] = await database.run((connection) => connection.getAll('records'));
    expect(new TextDecoder().decode((stored!.body as { data: ArrayBuffer }).data)).not.toContain('Мария');
    const [queued] = await queue.nextBatch(10, 1e6);
    expect(queued?.record).toMatchObject({ body: WORDS, sha256: written.sha256 });
  });

  it('leaves no hash on the disk by which a guess could be confirmed, waiting or in quarantine', async () => {
    const { outbox, queue, database } = await pairedStore();
    const written = wordsDraft();
    await outbox.append(await sealDraft(database, written));
    const [waiting] = await database.run((connection) => connection.getAll('records'));
    expect(JSON.stringify(waiting)).not.toContain(written.sha256);
    const [queued] = await queue.nextBatch(10, 1e6);
    await queue.settle([], [{ queued: queued!, reason: 'text_too_long' }]);
    const [kept] = await database.run((connection) => connection.getAll('quarantine'));
    expect(JSON.stringify(kept)).not.toContain(written.sha256);
    expect((await opened(database, kept!.record)).sha256).toBe(written.sha256);
  });

  it('stays unreadable in quarantine', async () => {
    const { outbox, queue, database } = await pairedStore();
    const written = { ...draft(), body: WORDS };
    await outbox.append({ ...written, body: await seal(database, written.id, written.body) });
    const [queued] = await queue.nextBatch(10, 1e6);
    await queue.settle([], [{ queued: queued!, reason: 'text_too_long' }]);
    const [kept] = await database.run((connection) => connection.getAll('quarantine'));
    expect(kept?.record.body).not.toBeTypeOf('string');
    expect(await unseal(database, written.id, kept!.record.body as never)).toBe(WORDS);
  });

  it('cannot be put in another record’s place, nor its key be taken out of the browser', async () => {
    const { database } = await pairedStore();
    const [one, other] = [draft(), draft()];
    const body = await seal(database, one.id, WORDS);
    await expect(unseal(database, other.id, body)).rejects.toThrow();
    const key = (await database.run((connection) => connection.get('state', 'key'))) as CryptoKey;
    expect(key.extractable).toBe(false);
  });

  it('is sealed with one key when two tabs begin at once', async () => {
    const { database } = await pairedStore();
    const [one, other] = [draft(), draft()];
    const bodies = await Promise.all([seal(database, one.id, 'a'), seal(database, other.id, 'b')]);
    expect(await unseal(database, one.id, bodies[0])).toBe('a');
    expect(await unseal(database, other.id, bodies[1])).toBe('b');
  });

  it('whose key is lost holds up nothing behind it', async () => {
    const { outbox, queue, database } = await pairedStore();
    const written = { ...draft(), body: WORDS };
    await outbox.append({ ...written, body: await seal(database, written.id, written.body) });
    await outbox.append(draft());
    await database.run((connection) => connection.delete('state', 'key'));
    const batch = await queue.nextBatch(10, 1e6);
    expect(batch.map(({ record }) => record.seq)).toEqual([1, 2]);
    expect(batch[0]?.record.body).toBe('');
  });
});
