import { beforeAll, describe, expect, it } from 'vitest';
import { openRescueFile } from '../../../src/admin/quarantine/rescue-keys';
import { exportRescue } from '../../../src/device/rescue';
import { makeRescueKeys, openSealed, sealToShop, type RescueKeys } from '../../../src/device/rescue-key';
import { seal } from '../../../src/device/seal';
import type { DatabaseHandle } from '../../../src/device/database';
import type { RescueHead } from '../../../src/domain/rescue-file';
import { draft, pairedStore, settings } from './support';

const WORDS = '{"text":"Мария от касата беше груба"}';
const NOW = Date.UTC(2026, 10, 22, 8, 30);

let keys: RescueKeys;
beforeAll(async () => void (keys = await makeRescueKeys()));

const head: RescueHead = {
  format: 'verna-rescue',
  v: 1,
  organization: settings.organization.id,
  exported_at: '2026-11-22T08:30:00.000Z',
  app_version: '1.0.0',
  count: 1,
};

/** A tablet with a waiting score, a waiting comment and a quarantined comment, both comments sealed. */
async function heldTablet() {
  const { outbox, queue, database } = await pairedStore();
  const refused = { ...draft(), body: WORDS };
  await outbox.append({ ...refused, body: await seal(database, refused.id, refused.body) });
  const [queued] = await queue.nextBatch(10, 1e6);
  await queue.settle([], [{ queued: queued!, reason: 'text_too_long' }]);
  const rated = draft('5');
  await outbox.append(rated);
  const commented = { ...draft(), body: WORDS };
  await outbox.append({ ...commented, body: await seal(database, commented.id, commented.body) });
  return { queue, database, ids: [rated.id, commented.id, refused.id] };
}

const order = (readableBy: 'owner' | 'everybody', rescueKey: string | null = keys.publicKey) => ({
  settings: { organization: settings.organization, rescue_key: rescueKey },
  readableBy,
  now: NOW,
  appVersion: '1.0.0',
});

async function fileOf(database: DatabaseHandle, readableBy: 'owner' | 'everybody' = 'owner'): Promise<File> {
  const made = await exportRescue(order(readableBy), database);
  if (made.outcome !== 'made') throw new Error(made.cause);
  return made.file;
}

/** What the owner's page makes of a file; the key it may read can be another shop's, or none. */
const open = (file: Blob, mayRead: RescueKeys | null = keys, organization = settings.organization.id) =>
  openRescueFile(
    file,
    {
      rescueKeys: () =>
        Promise.resolve({
          ok: true,
          value: mayRead ? [{ public_key: mayRead.publicKey, private_key: mayRead.privateKey }] : [],
        }),
    },
    organization,
  );

describe('a rescue file', () => {
  it('holds all that waits and all that was set aside, as it would go out', async () => {
    const { database, ids } = await heldTablet();
    const opened = await open(await fileOf(database));
    if (!opened.ok) throw new Error(opened.problem);
    expect(opened.head).toEqual({ ...head, count: 3 });
    expect(opened.records.map(({ id }) => id)).toEqual(ids);
    expect(opened.records.map(({ seq }) => seq)).toEqual([2, 3, 1]);
    expect(opened.records[1]).toMatchObject({ kind: 'answer', v: 1, body: WORDS });
    expect(opened.records[2]).toMatchObject({ body: WORDS });
    expect(Object.keys(opened.records[0]!).sort()).toEqual(Object.keys(opened.records[2]!).sort());
  });

  it('takes nothing from the tablet', async () => {
    const { queue, database } = await heldTablet();
    const before = await queue.counts();
    await fileOf(database);
    expect(await queue.counts()).toEqual(before);
    expect(before).toMatchObject({ waiting: 2, quarantined: 1 });
  });

  it('shows nobody on its way who gave which answer', async () => {
    const { database, ids } = await heldTablet();
    const text = await (await fileOf(database)).text();
    for (const secret of ['Мария', ...ids, 'occurredAt']) expect(text).not.toContain(secret);
    expect(await (await fileOf(database, 'everybody')).text()).toContain('Мария');
  });

  it('is not made for the owner while the tablet does not know the key', async () => {
    const { database } = await heldTablet();
    expect(await exportRescue(order('owner', null), database)).toEqual({
      outcome: 'failed',
      cause: 'no_key',
    });
    expect(await exportRescue(order('everybody', null), database)).toMatchObject({
      outcome: 'made',
      count: 3,
    });
  });

  it('says so when the disk or the key would have none of it', async () => {
    const { database } = await heldTablet();
    expect(await exportRescue(order('owner', 'bm8ga2V5'), database)).toEqual({
      outcome: 'failed',
      cause: 'storage',
    });
  });

  it('opens with the key of its own shop alone', async () => {
    const { database } = await heldTablet();
    const file = await fileOf(database);
    expect(await open(file, await makeRescueKeys())).toEqual({ ok: false, problem: 'damaged' });
    expect(await open(file, null)).toEqual({ ok: false, problem: 'not_yours' });
    expect(await open(file, keys, crypto.randomUUID())).toEqual({ ok: false, problem: 'other_shop' });
  });

  it('is taken plain as well', async () => {
    const { database, ids } = await heldTablet();
    const opened = await open(await fileOf(database, 'everybody'), null);
    expect(opened).toMatchObject({ ok: true, records: ids.map((id) => ({ id })) });
  });

  it.each<[string, (text: string) => string, string]>([
    ['empty', () => '', 'not_rescue'],
    ['a table', () => 'date,score\n1.1.2026,5', 'not_rescue'],
    ['some other JSON', () => '{"format":"other"}', 'not_rescue'],
    ['a list', () => '[]', 'not_rescue'],
    ['cut short', (text) => text.slice(0, -40), 'damaged'],
    ['without a head', () => '{"format":"verna-rescue","v":1}', 'damaged'],
    ['without records', (text) => text.replace('"sealed"', '"other"'), 'damaged'],
    [
      'changed in a letter',
      (text) => text.replace(/("data":")(.)/, (_, key, letter) => key + (letter === 'A' ? 'B' : 'A')),
      'damaged',
    ],
    ['given another count', (text) => text.replace('"count":3', '"count":2'), 'damaged'],
    ['given another time', (text) => text.replace('08:30', '09:30'), 'damaged'],
    ['of a newer version', (text) => text.replace('"v":1', '"v":2'), 'newer'],
  ])('that is %s is refused by name', async (_, change, problem) => {
    const { database } = await heldTablet();
    const text = await (await fileOf(database)).text();
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(await open(new Blob([changed]))).toEqual({ ok: false, problem });
  });

  it('of more than 50 MB is refused unread', async () => {
    expect(await open(new Blob([new Uint8Array(50_000_001)]))).toEqual({ ok: false, problem: 'too_large' });
  });
});

describe('the lock on it', () => {
  it('never makes the same text look alike twice', async () => {
    const [one, other] = [
      await sealToShop(keys.publicKey, head, WORDS),
      await sealToShop(keys.publicKey, head, WORDS),
    ];
    expect(one.enc).not.toBe(other.enc);
    expect(one.data).not.toBe(other.data);
    expect(await openSealed(keys.privateKey, head, one)).toBe(WORDS);
  });

  it('belongs to its head', async () => {
    const sealed = await sealToShop(keys.publicKey, head, WORDS);
    await expect(openSealed(keys.privateKey, { ...head, count: 2 }, sealed)).rejects.toThrow();
  });

  it('carries ten thousand records', async () => {
    const text = JSON.stringify(
      Array.from({ length: 10_000 }, () => draft('Благодаря, всичко беше чудесно!')),
    );
    expect(text.length).toBeGreaterThan(3_000_000);
    expect(await openSealed(keys.privateKey, head, await sealToShop(keys.publicKey, head, text))).toBe(text);
  });
});
