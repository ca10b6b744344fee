import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { openMemoryBackend } from '../support/memory-backend';
import {
  call,
  createShop,
  ingest,
  pairTablet,
  recordOf,
  send,
  signUp,
  type PairedTablet,
  type Shop,
} from '../support/shop';
import { testReadApi } from './read-api';

const YEAR = { from_date: '2000-01-01', to_date: '2100-01-01' };

let backend: EmbeddedBackend;
let shop: Shop;
let tablet: PairedTablet;

// The library logs every refused request whole; that is its own log, not an answer.
vi.spyOn(console, 'error').mockImplementation(() => {});

beforeAll(async () => {
  backend = await openMemoryBackend();
}, 60_000);
afterAll(() => backend.close());

describe('a shop from nothing, over HTTP', () => {
  it('is fresh until somebody makes a shop', async () => {
    expect(await call(backend, 'setup_state', {})).toEqual({ fresh: true });
    shop = await createShop(backend);
    expect(await call(backend, 'setup_state', {})).toEqual({ fresh: false });
  });

  it('pairs a tablet, which then needs nothing but the publishable key', async () => {
    tablet = await pairTablet(backend, shop, 'Counter');
    const pulled = await call(backend, 'pull', { pairing: tablet.pairing, secret: tablet.secret });
    expect(pulled).toMatchObject({ outcome: 'ok', settings: { tablet: { name: 'Counter' } } });
  });

  it('stores a batch once, naming every id under the nonce it was sent with', async () => {
    const comment = {
      type: 'comment',
      question: 'comment',
      score: undefined,
      text: 'Топло и вкусно \u{1F600}',
    };
    const batch = [recordOf(tablet, 1), recordOf(tablet, 2, comment), recordOf(tablet, 3, { score: 9 })];
    const [first, second] = [
      await ingest(backend, tablet, batch, 'a'),
      await ingest(backend, tablet, batch, 'b'),
    ];
    expect(first).toMatchObject({
      outcome: 'accepted',
      nonce: 'a',
      records: [
        { id: batch[0]!.id, outcome: 'stored' },
        { id: batch[1]!.id, outcome: 'stored' },
        { id: batch[2]!.id, outcome: 'refused', reason: 'off_scale' },
      ],
    });
    expect(second.nonce).toBe('b');
    expect(second.records.map((record) => record.outcome)).toEqual(['duplicate', 'duplicate', 'refused']);
  });

  it('shows the owner what was said', async () => {
    const org = shop.organization;
    expect(await call(backend, 'report_answers', { org, ...YEAR }, shop.token)).toMatchObject({
      scores: [{ question: 'satisfaction', type: 'csat', score: 5, n: 1, flagged: 0 }],
    });
    expect(await call(backend, 'report_comments', { org, ...YEAR }, shop.token)).toMatchObject([
      { text: 'Топло и вкусно \u{1F600}', locale: 'bg', tablet: tablet.tablet },
    ]);
    expect(await call(backend, 'report_tablets', { org }, shop.token)).toMatchObject([
      { name: 'Counter', made: 2, received: 2, missing: 0 },
    ]);
    const kept = await send(backend, 'GET', '/rest/v1/quarantine?select=outcome,reason', {
      token: shop.token,
    });
    expect(kept.json()).toEqual([{ outcome: 'refused', reason: 'off_scale' }]);
  });

  it('shows another owner nothing of it', async () => {
    const token = await signUp(backend, 'other@example.test');
    const report = await call(backend, 'report_answers', { org: shop.organization, ...YEAR }, token);
    expect(report).toEqual({ scores: [], days: [], hours: [], choices: [] });
    expect((await send(backend, 'GET', '/rest/v1/answers?select=id', { token })).json()).toEqual([]);
  });
});

describe('who gets in', () => {
  it.each([
    ['a wrong key', { key: 'sb_publishable_wrong' }],
    ['no key', { key: null }],
    ['a token nobody signed', { token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln' }],
  ])('answers 401 to %s', async (_, credentials) => {
    expect(
      (await send(backend, 'POST', '/rest/v1/rpc/setup_state', { body: {}, ...credentials })).status,
    ).toBe(401);
    expect((await send(backend, 'GET', '/rest/v1/organizations', credentials)).status).toBe(401);
  });

  it.each([
    ['organizations', 'id'],
    ['answers', 'org_id'],
    ['pairings', 'org_id'],
    ['pairing_codes', 'org_id'],
    ['quarantine', 'org_id'],
  ])('lets nobody with the key alone read or write %s', async (table, column) => {
    const rows = `/rest/v1/${table}?${column}=not.is.null`;
    const body = { [column]: randomUUID() };
    expect(await send(backend, 'GET', rows)).toMatchObject({ status: 401 });
    expect(await send(backend, 'POST', `/rest/v1/${table}`, { body })).toMatchObject({ status: 401 });
    expect(await send(backend, 'PATCH', rows, { body })).toMatchObject({ status: 401 });
    expect(await send(backend, 'DELETE', rows)).toMatchObject({ status: 401 });
  });

  it.each(['secret_hash', '*'])('lets not even the owner select %s of pairings', async (columns) => {
    const reply = await send(backend, 'GET', `/rest/v1/pairings?select=${columns}`, { token: shop.token });
    expect(reply).toMatchObject({ status: 403 });
    expect(reply.json()).toMatchObject({ code: '42501' });
  });

  it('reaches no schema but public', async () => {
    expect((await send(backend, 'GET', '/rest/v1/pairing_attempts', { token: shop.token })).status).toBe(404);
    expect((await send(backend, 'GET', '/rest/v1/users', { token: shop.token })).status).toBe(404);
    expect(
      (await send(backend, 'POST', '/rest/v1/rpc/has_role', { body: {}, token: shop.token })).status,
    ).toBe(404);
  });
});

// Before guesses at pairing codes make every tablet wait.
testReadApi(() => backend);

describe('what is not a request', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);

  it('answers ten megabytes of records by name', async () => {
    const records = JSON.stringify([recordOf(tablet, 9, { text: 'x'.repeat(10_000_000) })]);
    const { pairing, secret } = tablet;
    const reply = await call(backend, 'ingest', { pairing, secret, nonce: 'big', records });
    expect(reply).toEqual({ outcome: 'too_large', nonce: 'big' });
  });

  it('survives nesting that no parser survives', async () => {
    const { pairing, secret } = tablet;
    const ingested = await call(backend, 'ingest', { pairing, secret, nonce: 'deep', records: deep });
    expect(ingested).toEqual({ outcome: 'malformed', nonce: 'deep' });
    expect(await call(backend, 'pull', { pairing, secret, health: deep })).toMatchObject({ outcome: 'ok' });
    const made = {
      name: 'x',
      default_locale: 'en',
      location_name: 'x',
      time_zone: 'UTC',
      survey: deep.slice(150_000, 250_000),
    };
    expect(await call(backend, 'create_organization', made, shop.token)).toEqual({ outcome: 'bad_survey' });
    expect(await call(backend, 'setup_state', {})).toEqual({ fresh: false });
  });

  it.each([
    ['a body that is no JSON', '/rest/v1/rpc/pair', '{'],
    ['a body that is no object', '/rest/v1/rpc/pair', '[1]'],
    ['a body as deep as the sea', '/rest/v1/rpc/pair', deep],
    ['arguments of another function', '/rest/v1/rpc/pair', '{"other": 1}'],
    ['an id that is none', '/rest/v1/rpc/pull', '{"pairing": "x", "secret": "y"}'],
    ['a function that is not there', '/rest/v1/rpc/find_member', '{}'],
    ['a sign-up without a password', '/auth/v1/signup', '{"email": "x@example.test"}'],
    ['a sign-up without an address', '/auth/v1/signup', '{"email": 7, "password": "correct horse"}'],
  ])('answers %s with a client error and no word of its inside', async (_, path, body) => {
    const reply = await send(backend, 'POST', path, { body });
    expect(reply.status, reply.text).toBeGreaterThanOrEqual(400);
    expect(reply.status, reply.text).toBeLessThan(500);
    expect(reply.text).not.toMatch(/\bat .+:\d+:\d+|node_modules|\.js\b|\.ts\b|wasm|select \*/);
  });

  it('still works after all of that', async () => {
    expect((await ingest(backend, tablet, [recordOf(tablet, 10)])).records[0]?.outcome).toBe('stored');
  });
});

describe('guessing a code', () => {
  it('is slowed down after five wrong ones', async () => {
    const guess = () =>
      call<{ outcome: string; retry_after_s?: number }>(backend, 'pair', {
        code: 'WRNG-0000',
        pairing: randomUUID(),
        secret: 'e'.repeat(64),
      });
    const outcomes = [];
    for (let n = 0; n < 6; n += 1) outcomes.push((await guess()).outcome);
    expect(outcomes).toEqual([...Array<string>(5).fill('unknown_code'), 'throttled']);
    expect((await guess()).retry_after_s).toBeGreaterThan(0);
  });
});
