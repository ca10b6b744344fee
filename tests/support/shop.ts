import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { defaultSurvey } from '../../src/domain/default-survey';
import type { Survey } from '../../src/domain/survey';
import type { RecordOutcome, VernaRecord } from '../../src/domain/record';
import { EMBEDDED_PUBLISHABLE_KEY, type EmbeddedBackend } from '../../supabase/embedded/backend';

export type Reply = { status: number; text: string; json: () => unknown };

/** A request as supabase-js sends it: the publishable key, and a session's token when somebody is signed in. */
export async function send(
  backend: EmbeddedBackend,
  method: string,
  path: string,
  options: { body?: unknown; token?: string; key?: string | null } = {},
): Promise<Reply> {
  const { body, token, key = EMBEDDED_PUBLISHABLE_KEY } = options;
  const headers = new Headers({ 'content-type': 'application/json' });
  if (key !== null) headers.set('apikey', key);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const response = await backend.fetch(
    new Request(`http://backend.test${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) as unknown };
}

/** Calls a function that must answer 200 and returns what it returned. */
export async function call<Result>(
  backend: EmbeddedBackend,
  name: string,
  args: object,
  token?: string,
): Promise<Result> {
  const reply = await send(backend, 'POST', `/rest/v1/rpc/${name}`, {
    body: args,
    ...(token ? { token } : {}),
  });
  expect(reply.status, reply.text).toBe(200);
  return reply.json() as Result;
}

/** Opens an account and returns its session's token. */
export async function signUp(backend: EmbeddedBackend, email: string): Promise<string> {
  const reply = await send(backend, 'POST', '/auth/v1/signup', {
    body: { email, password: 'correct horse' },
  });
  expect(reply.status, reply.text).toBe(200);
  return (reply.json() as { access_token: string }).access_token;
}

export type Shop = { organization: string; location: string; token: string };

export async function createShop(
  backend: EmbeddedBackend,
  email = 'owner@example.test',
  survey: Survey = defaultSurvey,
): Promise<Shop> {
  const token = await signUp(backend, email);
  const shop = await call<{ organization: string; location: string }>(
    backend,
    'create_organization',
    {
      name: 'Bakery',
      default_locale: 'bg',
      location_name: 'Vitosha 5',
      time_zone: 'Europe/Sofia',
      survey: JSON.stringify(survey),
    },
    token,
  );
  return { organization: shop.organization, location: shop.location, token };
}

export type PairedTablet = { tablet: string; pairing: string; secret: string; survey: string };

export async function pairTablet(backend: EmbeddedBackend, shop: Shop, name: string): Promise<PairedTablet> {
  const { organization: org, location, token } = shop;
  const { tablet } = await call<{ tablet: string }>(backend, 'add_tablet', { org, location, name }, token);
  const { code } = await call<{ code: string }>(backend, 'create_pairing_code', { org, tablet }, token);
  const pairing = randomUUID();
  const secret = randomBytes(32).toString('hex');
  const paired = await call<{ outcome: string; settings: { survey: { id: string } } }>(backend, 'pair', {
    code,
    pairing,
    secret,
  });
  expect(paired.outcome).toBe('paired');
  return { tablet, pairing, secret, survey: paired.settings.survey.id };
}

/** A satisfaction record as the tablet would make it; `answer` replaces fields of its body. */
export function recordOf(tablet: PairedTablet, seq: number, answer: object = {}): VernaRecord {
  const body = JSON.stringify({
    type: 'csat',
    session: randomUUID(),
    survey: tablet.survey,
    question: 'satisfaction',
    locale: 'bg',
    score: 5,
    ...answer,
  });
  return {
    id: uuidv7(),
    pairing: tablet.pairing,
    seq,
    kind: 'answer',
    v: 1,
    body,
    sha256: createHash('sha256').update(body).digest('hex'),
    occurredAt: new Date().toISOString(),
    tzOffset: 120,
    serverOffsetMs: 0,
    boot: randomUUID(),
    monotonicMs: seq,
  };
}

export type IngestReply = {
  outcome: string;
  nonce: string;
  records: { id: string; outcome: RecordOutcome; reason?: string }[];
};

export function ingest(
  backend: EmbeddedBackend,
  tablet: PairedTablet,
  records: VernaRecord[],
  nonce = 'nonce',
): Promise<IngestReply> {
  const { pairing, secret } = tablet;
  return call(backend, 'ingest', { pairing, secret, nonce, records: JSON.stringify(records) });
}
