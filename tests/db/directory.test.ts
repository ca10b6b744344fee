import { webcrypto } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownMemberSchema } from '../../src/domain/member';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { PROGRAMME, memberRecord } from '../support/members';
import { openMemoryBackend } from '../support/memory-backend';
import { call, createShop, ingest, pairTablet, type PairedTablet, type Shop } from '../support/shop';

// The server seals with pgcrypto what a tablet opens with WebCrypto; this is the tablet's half, from the agreed text alone.
const { subtle } = webcrypto;
const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(new Uint8Array(bytes)).toString('hex');

/** The device takes many more rounds; how many is no business of the server's. */
async function directoryKey(phone: string, salt: string): Promise<Uint8Array> {
  const password = await subtle.importKey('raw', utf8(phone), 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: Buffer.from(salt, 'hex'), iterations: 10 };
  return new Uint8Array(await subtle.deriveBits(parameters, password, 256));
}

async function hmac(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', imported, data));
}

async function lookupOf(key: Uint8Array): Promise<string> {
  return hex((await hmac(key, utf8('verna.directory.lookup'))).subarray(0, 16));
}

async function open(sealed: string, key: Uint8Array): Promise<unknown> {
  const bytes = Buffer.from(sealed, 'base64');
  const covered = bytes.subarray(0, -16);
  const mac = await hmac(await hmac(key, utf8('verna.directory.mac')), covered);
  if (hex(mac.subarray(0, 16)) !== hex(bytes.subarray(-16))) throw new Error('another number');
  const cipherKey = await hmac(key, utf8('verna.directory.cipher'));
  const imported = await subtle.importKey('raw', cipherKey, 'AES-CBC', false, ['decrypt']);
  const parameters = { name: 'AES-CBC', iv: covered.subarray(0, 16) };
  return JSON.parse(Buffer.from(await subtle.decrypt(parameters, imported, covered.subarray(16))).toString());
}

type Changes = { seq: number; entries: { lookup: string; sealed: string }[]; gone: string[]; more: boolean };

let backend: EmbeddedBackend;
let shop: Shop;
let tablet: PairedTablet;
let salt: string;
beforeAll(async () => {
  backend = await openMemoryBackend();
  shop = await createShop(backend);
  tablet = await pairTablet(backend, shop, 'Counter');
  const { organization: org, token } = shop;
  await call(backend, 'set_programme', { org, programme: JSON.stringify(PROGRAMME) }, token);
  const { pairing, secret } = tablet;
  const { settings } = await call<{ settings: { membership: { directory_salt: string } } }>(backend, 'pull', {
    pairing,
    secret,
  });
  salt = settings.membership.directory_salt;
});
afterAll(() => backend?.close());

const pullMembers = ({ pairing, secret }: PairedTablet) =>
  call<Changes>(backend, 'pull_members', { pairing, secret, after: 0 });

it('opens with the number that was typed and with no other', async () => {
  const phone = '+359881234567';
  const key = await directoryKey(phone, salt);
  const enrolment = memberRecord(
    'enrolment',
    { phone, directoryKey: hex(key), firstName: 'Анна', locale: 'bg', staff: null, consents: [] },
    { pairing: tablet.pairing, seq: 1, occurredAt: new Date('2026-03-10T08:00:00Z') },
  );
  const visit = memberRecord(
    'visit',
    { member: enrolment.id, phone: null, sale: { amount: 250, currency: 'EUR' }, staff: null },
    { pairing: tablet.pairing, seq: 2, occurredAt: new Date('2026-03-10T09:00:00Z') },
  );
  const reply = await ingest(backend, tablet, [enrolment, visit]);
  expect(reply.records.map(({ outcome }) => outcome)).toEqual(['stored', 'stored']);

  const { entries, gone, more } = await pullMembers(tablet);
  expect({ lookups: entries.map(({ lookup }) => lookup), gone, more }).toEqual({
    lookups: [await lookupOf(key)],
    gone: [],
    more: false,
  });
  const [{ sealed } = { sealed: '' }] = entries;
  expect(v.parse(knownMemberSchema, await open(sealed, key))).toMatchObject({
    name: 'Анна',
    points: 62,
    last_visit: '2026-03-10T09:00:00.000Z',
  });
  await expect(open(sealed, await directoryKey('+359881234568', salt))).rejects.toThrow('another number');
  const torn = Buffer.from(sealed, 'base64');
  torn[20] = torn[20] === 0 ? 1 : 0;
  await expect(open(torn.toString('base64'), key)).rejects.toThrow('another number');
});

it('says neither name nor number to who has no number to type', async () => {
  const { entries } = await pullMembers(tablet);
  const all = entries
    .map(({ lookup, sealed }) => lookup + Buffer.from(sealed, 'base64').toString('latin1'))
    .join();
  expect(all).not.toBe('');
  for (const secret of ['Анна', '881234567', '"points"']) {
    expect(all).not.toContain(Buffer.from(secret).toString('latin1'));
  }
});
