import './support';
import { randomBytes, randomUUID } from 'node:crypto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { KnownMember } from '../../../src/domain/member';
import { Directory } from '../../../src/device/directory';
import * as server from './directory-seal';

const PHONE = '+359888123456';
const owner = { pairing: randomUUID(), salt: server.SALT };
const key = server.keyOf(PHONE).toString('hex');

const member = (name: string, points = 0): KnownMember => ({
  id: randomUUID(),
  name,
  points,
  last_visit: null,
});

function page(seq: number, entries: { lookup: string; sealed: string }[], gone: string[] = []) {
  return { outcome: 'ok' as const, seq, entries, gone, more: false };
}
const anna = server.entry(PHONE, member('Anna', 45));

async function directoryWith(...pages: ReturnType<typeof page>[]) {
  const directory = new Directory(`test-${randomUUID()}`);
  let after = await directory.begin(owner);
  for (const each of pages) {
    await directory.write(owner, after, each);
    after = each.seq;
  }
  return directory;
}

describe('the directory of members', () => {
  it('gives who has a number, and nobody for a number it does not know', async () => {
    const directory = await directoryWith(page(1, [anna]));
    expect(await directory.find(key)).toMatchObject({ name: 'Anna', points: 45 });
    expect(await directory.find('00'.repeat(32))).toBeNull();
  });

  it('remembers how far it reaches', async () => {
    const directory = await directoryWith(page(7, [anna]));
    expect(await directory.begin(owner)).toBe(7);
  });

  it('takes the later of two entries of a member, and forgets whom the server calls gone', async () => {
    const later = server.entry(PHONE, member('Anna', 55));
    const directory = await directoryWith(page(1, [anna]), page(2, [later]));
    expect((await directory.find(key))?.points).toBe(55);
    await directory.write(owner, 2, page(3, [], [later.lookup]));
    expect(await directory.find(key)).toBeNull();
  });

  it.each([
    ['the tablet was paired anew', { ...owner, pairing: randomUUID() }],
    ['the shop has another salt', { ...owner, salt: randomBytes(32).toString('hex') }],
  ])('is empty and begins at 0 once %s', async (_, next) => {
    const directory = await directoryWith(page(7, [anna]));
    expect(await directory.begin(next)).toBe(0);
    expect(await directory.find(key)).toBeNull();
  });

  it('takes no page of whom it belonged to before, and none that would leave a gap', async () => {
    const directory = await directoryWith(page(7, []));
    expect(await directory.write(owner, 8, page(9, [anna]))).toBe(false);
    const next = { ...owner, pairing: randomUUID() };
    await directory.begin(next);
    expect(await directory.write(owner, 0, page(9, [anna]))).toBe(false);
    expect(await directory.find(key)).toBeNull();
    expect(await directory.begin(next)).toBe(0);
  });

  it('asks again for what a page that came late has overwritten', async () => {
    const directory = await directoryWith(
      page(1, [anna]),
      page(2, [server.entry(PHONE, member('Anna', 55))]),
    );
    await directory.write(owner, 0, page(1, [anna]));
    expect(await directory.begin(owner)).toBe(1);
  });

  it('keeps nothing of a page that is broken, nor how far it would reach', async () => {
    const directory = await directoryWith(page(1, []));
    const broken = page(2, [anna, { ...anna, sealed: '%' }]);
    await expect(directory.write(owner, 1, broken)).rejects.toThrow();
    expect(await directory.find(key)).toBeNull();
    expect(await directory.begin(owner)).toBe(1);
  });

  it('forgets everybody when it is emptied', async () => {
    const directory = await directoryWith(page(7, [anna]));
    await directory.empty();
    expect(await directory.find(key)).toBeNull();
    expect(await directory.begin(owner)).toBe(0);
  });

  it('begins anew where an earlier version of the app kept its own', async () => {
    const name = `test-${randomUUID()}`;
    const earlier = await openDB(name, 1, {
      upgrade: (database) => {
        database.createObjectStore('entries');
        database.createObjectStore('state');
      },
    });
    await earlier.put('state', { ...owner, seq: 7 }, 'state');
    earlier.close();
    expect(await new Directory(name).begin(owner)).toBe(0);
  });

  it('opens anew when its connection was lost', async () => {
    const directory = await directoryWith(page(1, [anna]));
    await directory.close();
    expect((await directory.find(key))?.name).toBe('Anna');
  });
});
