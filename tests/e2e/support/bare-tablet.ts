import { randomUUID } from 'node:crypto';
import { demoRecords } from '../../../src/admin/demo/demo-records';
import type { Result } from '../../../src/backend/failure';
import { callFunction } from '../../../src/backend/call-function';
import { ingest, pair, pull, type TabletSettings } from '../../../src/backend/tablet-calls';
import { mintRecord } from '../../../src/device/mint';
import type { Answer } from '../../../src/domain/answer';
import type { Consent, Enrolment, Visit } from '../../../src/domain/member';
import type { Rater } from '../../../src/domain/rater';
import type { Redemption } from '../../../src/domain/reward';
import type { VernaRecord } from '../../../src/domain/record';
import { randomSecret } from '../../../src/device/secrets';
import { EMBEDDED_PUBLISHABLE_KEY } from '../../../supabase/embedded/backend';
import type { TestShop } from './shop';
import type { VernaServer } from './verna-server';

export type Rating = { at: number; score: number };
export type MemberEvent = { at: number; body: Enrolment | Consent | Visit | Redemption | Answer | Rater };

/** A tablet without a browser: it makes the calls that tablets make. */
export type BareTablet = {
  tablet: string;
  location: string;
  /** Sends its ratings, each a customer's, in one batch. Once only: their numbers begin at 1. */
  send(ratings: readonly Rating[]): Promise<void>;
  /** Sends what members did, in one batch; returns the id of each record. After `send`, if both. */
  tell(events: readonly MemberEvent[]): Promise<string[]>;
  /** Tells the server that it is on; returns what it is told in turn. */
  report(): Promise<TabletSettings>;
  /** A reward's picture as a data URL; null when the server knows none under that hash. */
  picture(sha256: string): Promise<string | null>;
  /** Makes the server believe to have heard of it so long ago. */
  silence(minutes: number): Promise<void>;
};

export async function pairBareTablet(
  verna: VernaServer,
  shop: TestShop,
  place: string,
  name: string,
): Promise<BareTablet> {
  return pairByCode(verna, await shop.newTablet(place, name));
}

/** The same for a tablet that has its code already. */
export async function pairByCode(
  verna: VernaServer,
  { code, tablet, location }: { code: string; tablet: string; location: string },
): Promise<BareTablet> {
  const context = { url: verna.url, key: EMBEDDED_PUBLISHABLE_KEY };
  const credentials = { pairing: randomUUID(), secret: randomSecret() };
  const paired = valueOf(await pair(code, credentials, '0.1.0', context));
  if (paired.outcome !== 'paired') throw new Error(`Not paired: ${paired.outcome}`);
  let made = 0;
  return {
    tablet,
    location,
    send: async (ratings) => {
      const sessions = ratings.map(({ at, score }) => ({
        location: 0,
        occurredAt: at,
        tzOffset: 0,
        locale: 'en' as const,
        answers: [{ type: 'csat' as const, question: 'satisfaction', score }],
      }));
      const records: VernaRecord[] = [];
      for await (const record of demoRecords(sessions, credentials.pairing, paired.settings.survey.id)) {
        records.push(record);
      }
      valueOf(await ingest(credentials, randomUUID(), records, context));
      made = records.length;
    },
    tell: async (events) => {
      const boot = randomUUID();
      const records: VernaRecord[] = [];
      for (const { at, body } of events) {
        const clock = { boot, now: () => at, monotonicMs: () => made, tzOffset: () => 0 };
        const draft = await mintRecord(body, clock, 0);
        made += 1;
        records.push({ ...draft, pairing: credentials.pairing, seq: made });
      }
      const reply = valueOf(await ingest(credentials, randomUUID(), records, context));
      if (reply.outcome !== 'accepted') throw new Error(`Not taken: ${reply.outcome}`);
      const refused = reply.records.filter(({ outcome }) => outcome !== 'stored');
      if (refused.length > 0) throw new Error(`Not stored: ${JSON.stringify(refused)}`);
      return records.map(({ id }) => id);
    },
    report: async () => {
      const health = { made, waiting: 0, quarantined: 0, lost: 0, app_version: '0.1.0' };
      const pulled = valueOf(await pull(credentials, health, context));
      if (pulled.outcome !== 'ok') throw new Error(`Not pulled: ${pulled.outcome}`);
      return pulled.settings;
    },
    picture: async (sha256) => {
      const reply = valueOf(await callFunction('reward_picture', { ...credentials, sha256 }, context));
      return (reply as { picture?: string }).picture ?? null;
    },
    silence: async (minutes) => {
      await verna.backend.sql.query(
        "update public.pairings set last_seen_at = now() - $1::integer * interval '1 minute' where id = $2",
        [minutes, credentials.pairing],
      );
    },
  };
}

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`The server did not answer: ${JSON.stringify(result.failure)}`);
  return result.value;
}
