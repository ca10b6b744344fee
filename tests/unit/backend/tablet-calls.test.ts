import { describe, expect, it } from 'vitest';
import { ingest, pull } from '../../../src/backend/tablet-calls';

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
