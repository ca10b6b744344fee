import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { directoryKey, lookupOf, openEntry } from '../../../src/device/directory-key';
import { bytesOfBase64 } from '../../../src/device/bytes';
import { hex } from '../../../src/device/secrets';
import * as server from './directory-seal';

const PHONE = '+359888123456';
const anna = { id: randomUUID(), name: 'Анна', points: 45, last_visit: '2026-11-21T10:00:00+00:00' };

const key = await directoryKey(PHONE, server.SALT);
const other = await directoryKey('+359888123457', server.SALT);

describe('the lock on a member’s entry', () => {
  it('has the key and the name that the server gives it', async () => {
    expect(key).toBe(server.keyOf(PHONE).toString('hex'));
    expect(hex(await lookupOf(key))).toBe(server.lookupOf(server.keyOf(PHONE)));
  });

  it('has others for another number and in another shop', async () => {
    const elsewhere = await directoryKey(PHONE, 'a5'.repeat(32));
    expect(new Set([key, other, elsewhere]).size).toBe(3);
  });

  it('opens for the number', async () => {
    const entry = bytesOfBase64(server.sealed(server.keyOf(PHONE), anna));
    expect(await openEntry(key, entry)).toEqual(anna);
  });

  it('stays closed for another number', async () => {
    expect(await openEntry(other, bytesOfBase64(server.sealed(server.keyOf(PHONE), anna)))).toBeNull();
  });

  it('stays closed when any byte of the entry was changed', async () => {
    const entry = bytesOfBase64(server.sealed(server.keyOf(PHONE), anna));
    for (const [at, byte] of entry.entries()) {
      const changed = entry.slice();
      changed[at] = byte ^ 1;
      expect(await openEntry(key, changed)).toBeNull();
    }
    expect(await openEntry(key, entry.slice(0, 20))).toBeNull();
    expect(await openEntry(key, new Uint8Array())).toBeNull();
  });

  it('gives nobody when what was sealed is no member', async () => {
    const entry = bytesOfBase64(server.sealed(server.keyOf(PHONE), '{"name":"Anna"}'));
    expect(await openEntry(key, entry)).toBeNull();
  });
});
