import 'fake-indexeddb/auto';
import { createHash, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { RecordDraft } from '../../../src/domain/record';
import type { TabletSettings } from '../../../src/backend/tablet-calls';
import { DatabaseHandle } from '../../../src/device/database';
import { RecordStore } from '../../../src/device/record-store';

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
};

/** A paired store in a database of its own. */
export async function pairedStore(): Promise<{
  store: RecordStore;
  database: DatabaseHandle;
  pairing: string;
}> {
  const database = new DatabaseHandle(`test-${randomUUID()}`);
  const store = new RecordStore(database);
  const pairing = randomUUID();
  await store.becomePaired(pairing, 'a'.repeat(64), settings);
  return { store, database, pairing };
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
