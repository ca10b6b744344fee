import 'fake-indexeddb/auto';
import { createHash, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { RecordDraft } from '../../../src/domain/record';
import type { TabletSettings } from '../../../src/backend/tablet-calls';
import { DatabaseHandle } from '../../../src/device/database';
import { Outbox } from '../../../src/device/outbox';
import { Queue } from '../../../src/device/queue';

export const settings: TabletSettings = {
  organization: { id: randomUUID(), name: 'Shop', default_locale: 'en', accent: '#12595f' },
  location: { id: randomUUID(), name: 'Lenina 5', time_zone: 'Europe/Sofia' },
  tablet: { id: randomUUID(), name: 'Counter' },
  survey: {
    id: randomUUID(),
    survey: {
      questions: [{ type: 'csat', key: 'satisfaction', text: { en: 'How?', ru: 'Как?', bg: 'Как?' } }],
    },
  },
  rescue_key: null,
  membership: null,
  pulse_months: null,
};

/** A paired tablet's storage in a database of its own. */
export async function pairedStore(): Promise<{
  outbox: Outbox;
  queue: Queue;
  database: DatabaseHandle;
  pairing: string;
}> {
  const database = new DatabaseHandle(`test-${randomUUID()}`);
  const queue = new Queue(database);
  const pairing = randomUUID();
  await queue.becomePaired(pairing, 'a'.repeat(64), settings);
  return { outbox: new Outbox(database), queue, database, pairing };
}

export function draft(text = 'x'): RecordDraft {
  const body = JSON.stringify({ text });
  return {
    id: uuidv7(),
    kind: 'answer',
    v: 1,
    body,
    sha256: createHash('sha256').update(body).digest('hex'),
    occurredAt: new Date().toISOString(),
    tzOffset: 120,
    serverOffsetMs: null,
    boot: randomUUID(),
    monotonicMs: 1,
  };
}
