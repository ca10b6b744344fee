import { createHash, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { PLAIN_TERMS, type Programme } from '../../src/domain/member';
import type { VernaRecord } from '../../src/domain/record';

export const PROGRAMME: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 4,
  points_per_visit: 10,
  points_per_amount: { points: 1, per: 100 },
  welcome_points: 50,
  birthday_points: 100,
  ...PLAIN_TERMS,
};

/** A record of a member as a tablet makes it: `body` without its type, told by a clock that the server's has set right. */
export function memberRecord(
  kind: VernaRecord['kind'],
  body: object,
  {
    pairing,
    seq,
    occurredAt,
    id = uuidv7(),
  }: { pairing: string; seq: number; occurredAt: Date; id?: string },
): VernaRecord {
  const text = JSON.stringify({ type: kind, ...body });
  return {
    id,
    pairing,
    seq,
    kind,
    v: 1,
    body: text,
    sha256: createHash('sha256').update(text).digest('hex'),
    occurredAt: occurredAt.toISOString(),
    tzOffset: 120,
    serverOffsetMs: 0,
    boot: randomUUID(),
    monotonicMs: seq,
  };
}
