import { describe, expect, it } from 'vitest';
import { findMember, ingest, pull, pullMembers } from '../../../src/backend/tablet-calls';
import { PLAIN_TERMS } from '../../../src/domain/member';

const credentials = { pairing: crypto.randomUUID(), secret: 'ab'.repeat(32) };
const health = { made: 0, waiting: 0, quarantined: 0, app_version: '1', lost: 0 };

function answering(reply: unknown) {
  return { url: 'http://server', key: 'key', fetch: () => Promise.resolve(Response.json(reply)) };
}

describe('a server that says there were too many calls', () => {
  const busy = { ok: false, failure: { code: 'busy', retryAfterMs: 42_000 } };

  it('is read from ingest like a 429 that asks to be left alone for so long', async () => {
    const context = answering({ outcome: 'throttled', retry_after_s: 42, nonce: 'n' });
    expect(await ingest(credentials, 'n', [], context)).toEqual(busy);
  });

  it('is read from pull likewise', async () => {
    expect(await pull(credentials, health, answering({ outcome: 'throttled', retry_after_s: 42 }))).toEqual(
      busy,
    );
  });

  it('is not believed when the nonce is that of another call', async () => {
    const context = answering({ outcome: 'throttled', retry_after_s: 42, nonce: 'another' });
    expect(await ingest(credentials, 'n', [], context)).toEqual({
      ok: false,
      failure: { code: 'bad_reply' },
    });
  });
});

describe('the members of a shop', () => {
  const sealed = btoa('x'.repeat(64));
  const entry = { lookup: 'ab'.repeat(16), sealed };
  const page = { outcome: 'ok', seq: 7, entries: [entry], gone: ['cd'.repeat(16)], more: true };

  it('come in pages', async () => {
    expect(await pullMembers(credentials, 6, answering(page))).toEqual({ ok: true, value: page });
  });

  it.each([
    ['a lookup of another length', { ...page, gone: ['ab'] }],
    ['an entry that is no base64', { ...page, entries: [{ ...entry, sealed: 'x%' }] }],
    ['no number to go on from', { ...page, seq: null }],
  ])('are not taken from a page with %s', async (_, reply) => {
    expect(await pullMembers(credentials, 6, answering(reply))).toMatchObject({
      failure: { code: 'bad_reply' },
    });
  });

  it('are found one by one', async () => {
    const member = { id: crypto.randomUUID(), name: 'Anna', points: -5, last_visit: null };
    const found = { outcome: 'found', member };
    const ask = (reply: unknown) =>
      findMember(credentials, '+359888123456', 'ab'.repeat(32), answering(reply));
    expect(await ask(found)).toEqual({ ok: true, value: found });
    expect(await ask({ outcome: 'unknown' })).toEqual({ ok: true, value: { outcome: 'unknown' } });
    expect(await ask({ outcome: 'found' })).toMatchObject({ failure: { code: 'bad_reply' } });
    expect(await ask({ outcome: 'throttled', retry_after_s: 42 })).toEqual({
      ok: false,
      failure: { code: 'busy', retryAfterMs: 42_000 },
    });
  });
});

describe('the settings of a tablet', () => {
  const settings = {
    organization: { id: crypto.randomUUID(), name: 'Shop', default_locale: 'en', accent: '#12595f' },
    location: { id: crypto.randomUUID(), name: 'Lenina 5', time_zone: 'Europe/Sofia' },
    tablet: { id: crypto.randomUUID(), name: 'Counter' },
    survey: {
      id: crypto.randomUUID(),
      survey: {
        questions: [{ type: 'csat', key: 'satisfaction', text: { en: 'How?', ru: 'Как?', bg: 'Как?' } }],
      },
    },
  };
  const pulled = (more: object) =>
    pull(
      credentials,
      health,
      answering({
        outcome: 'ok',
        server_time: '2026-11-22T12:00:00.000Z',
        settings: { ...settings, ...more },
      }),
    );

  it('name no programme when the server is older or the shop has none', async () => {
    for (const more of [{}, { membership: null }]) {
      expect(await pulled(more)).toMatchObject({ ok: true, value: { settings: { membership: null } } });
    }
  });

  it('name the programme with the directory’s salt', async () => {
    const programme = {
      country: 'BG',
      currency: 'EUR',
      cooldown_hours: 4,
      points_per_visit: 10,
      points_per_amount: { points: 1, per: 100 },
      welcome_points: 50,
      birthday_points: 0,
      ...PLAIN_TERMS,
    };
    const membership = { directory_salt: 'ab'.repeat(32), programme };
    expect(await pulled({ membership })).toMatchObject({ ok: true, value: { settings: { membership } } });
    expect((await pulled({ membership: { ...membership, directory_salt: 'ab' } })).ok).toBe(false);
  });
});
