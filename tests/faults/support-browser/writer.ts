import { browserClock } from '../../../src/device/clock';
import { DatabaseHandle } from '../../../src/device/database';
import { mintRecord } from '../../../src/device/mint';
import { Outbox } from '../../../src/device/outbox';

// Kept between calls: on a full disk a database that is open takes an order that one to be opened does not.
const outbox = new Outbox(new DatabaseHandle());
const clock = browserClock();
let identity: ReturnType<Outbox['identity']> | undefined;

/**
 * Runs inside a page of a paired tablet: stores ratings as its kiosk does, as fast as the disk takes them. A record is
 * told of before it is written and again when it is confirmed, so that a crash at any moment leaves the test knowing.
 */
export async function write(count: number): Promise<void> {
  const { settings } = await (identity ??= outbox.identity());
  if (!settings) throw new Error('This tablet is not paired');
  for (let written = 0; written < count; written += 1) {
    const draft = await mintRecord(
      {
        type: 'csat',
        score: 1 + (written % 5),
        session: crypto.randomUUID(),
        survey: settings.survey.id,
        question: 'satisfaction',
        locale: 'en',
      },
      clock,
      null,
    );
    await window.vernaMade(draft.id, draft.sha256);
    const { outcome } = await outbox.append(draft);
    if (outcome === 'stored') void window.vernaConfirmed(draft.id);
  }
}
