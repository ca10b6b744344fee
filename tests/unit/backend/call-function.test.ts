import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { callFunction } from '../../../src/backend/call-function';
import { ingest } from '../../../src/backend/tablet-calls';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function answering(listener: RequestListener): Promise<{ url: string; timeoutMs: number }> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, timeoutMs: 300 };
}

const credentials = { pairing: crypto.randomUUID(), secret: 'a'.repeat(64) };

describe('a call to the server', () => {
  it('gives back what the function returned', async () => {
    const context = await answering((_, response) => response.end('{"outcome":"ok"}'));
    expect(await callFunction('pull', {}, context)).toEqual({ ok: true, value: { outcome: 'ok' } });
  });

  it.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [408, 'busy'],
    [413, 'too_large'],
    [425, 'busy'],
    [429, 'busy'],
    [400, 'rejected'],
    [500, 'busy'],
    [503, 'busy'],
  ])('reads status %i as %s', async (status, code) => {
    const context = await answering((_, response) => response.writeHead(status).end('<html>'));
    const result = await callFunction('ingest', {}, context);
    expect(result).toMatchObject({ ok: false, failure: { code, status } });
  });

  it('hears how long the server wants to be left alone', async () => {
    const context = await answering((_, response) => response.writeHead(429, { 'retry-after': '120' }).end());
    const result = await callFunction('ingest', {}, context);
    expect(result).toMatchObject({ ok: false, failure: { code: 'busy', retryAfterMs: 120_000 } });
  });

  it('knows a server that is older than the app', async () => {
    const context = await answering((_, response) => response.writeHead(404).end('{"code":"PGRST202"}'));
    expect(await callFunction('pull', {}, context)).toMatchObject({
      ok: false,
      failure: { code: 'function_missing' },
    });
  });

  it('does not take the page of a captive portal for an answer', async () => {
    const context = await answering((_, response) => response.end('<html>Welcome to the Wi-Fi</html>'));
    expect(await callFunction('ingest', {}, context)).toMatchObject({
      ok: false,
      failure: { code: 'bad_reply' },
    });
  });

  it('gives up on a server that never answers, and on one that stalls half-way', async () => {
    const silent = await answering(() => {});
    expect(await callFunction('ingest', {}, silent)).toMatchObject({
      ok: false,
      failure: { code: 'timeout' },
    });
    server!.closeAllConnections();
    server!.close();
    const stalling = await answering((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"outcome":');
    });
    expect(await callFunction('ingest', {}, stalling)).toMatchObject({
      ok: false,
      failure: { code: 'timeout' },
    });
  });

  it('knows that a reply cut short is none', async () => {
    const context = await answering((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"outcome":');
      response.destroy();
    });
    expect(await callFunction('ingest', {}, context)).toMatchObject({
      ok: false,
      failure: { code: 'unreachable' },
    });
  });

  it('does not take another request’s reply for its own', async () => {
    const reply = {
      outcome: 'accepted',
      nonce: 'another',
      server_time: '2026-11-22T10:00:00.5+00:00',
      records: [],
    };
    const context = await answering((_, response) => response.end(JSON.stringify(reply)));
    const result = await ingest(credentials, 'mine', [], context);
    expect(result).toMatchObject({ ok: false, failure: { code: 'bad_reply' } });
    expect(await ingest(credentials, 'another', [], context)).toMatchObject({ ok: true });
  });

  it('does not take an answer of another shape for its own', async () => {
    const context = await answering((_, response) => response.end('{"outcome":"accepted","nonce":"mine"}'));
    expect(await ingest(credentials, 'mine', [], context)).toMatchObject({
      ok: false,
      failure: { code: 'bad_reply' },
    });
  });
});
