import type { Page } from '@playwright/test';
import type { VernaServer } from '../../e2e/support/verna-server';
import { expect } from '../../e2e/support/test';
import { note } from './notes';
import type { Seen } from './witness';

/** Ids on a tablet: what waits to be sent, and what was set aside because the server refused it. */
export type Held = { pending: string[]; quarantined: string[] };

/** Reads what a tablet holds, in any page of its origin, without making or upgrading anything. */
export function heldBy(page: Page): Promise<Held> {
  return page.evaluate(
    () =>
      new Promise<Held>((resolve, reject) => {
        const opening = indexedDB.open('verna-tablet');
        opening.onupgradeneeded = () => opening.transaction!.abort();
        opening.onerror = () => reject(opening.error!);
        opening.onsuccess = () => {
          const database = opening.result;
          const tx = database.transaction(['records', 'quarantine']);
          const records = tx.objectStore('records').getAll();
          const quarantine = tx.objectStore('quarantine').getAll();
          tx.oncomplete = () => {
            database.close();
            resolve({
              pending: (records.result as { id: string }[]).map(({ id }) => id),
              quarantined: (quarantine.result as { record: { id: string } }[]).map(({ record }) => record.id),
            });
          };
        };
      }),
  );
}

/**
 * The oracle. U = ids that were thanked for, S = ids on the server, P = pending and Q = quarantined on the tablets:
 * U ⊆ S ∪ P ∪ Q, every id once in S with the hash it was made with, S ⊆ ids ever made. `lost` names what a test is
 * honest about losing. Returns S.
 */
export async function expectNothingLost(
  verna: VernaServer,
  tablet: string,
  seen: Seen,
  held: readonly Held[],
  lost: ReadonlySet<string> = new Set(),
): Promise<Set<string>> {
  const ledger = await verna.backend.sql.query<{ id: string; sha256: string }>(
    `select r.id, r.sha256 from public.received as r
     join public.pairings as p on p.org_id = r.org_id and p.id = r.pairing_id where p.tablet_id = $1`,
    [tablet],
  );
  const rows = await verna.backend.sql.query<{ id: string; scored: boolean }>(
    'select id, score is not null as scored from public.answers where tablet_id = $1',
    [tablet],
  );
  const counted = await verna.backend.sql.query<{ n: number }>(
    `select coalesce(sum(n), 0)::int as n from public.score_counts where tablet_id = $1`,
    [tablet],
  );
  const stored = new Set(ledger.map(({ id }) => id));
  expect(ledger.length, 'an id is twice in the ledger').toBe(stored.size);
  expect(rows.map(({ id }) => id).sort(), 'a row for each id and no other').toEqual([...stored].sort());
  // Words are no score.
  const n = rows.filter(({ scored }) => scored).length;
  expect(counted, 'an answer was counted twice, or not').toEqual([{ n }]);
  for (const { id, sha256 } of ledger) expect(seen.made.get(id), `the hash of ${id}`).toBe(sha256);

  const kept = new Set([
    ...stored,
    ...held.flatMap(({ pending, quarantined }) => [...pending, ...quarantined]),
  ]);
  const missing = [...seen.confirmed].filter((id) => !kept.has(id) && !lost.has(id));
  expect(missing, 'thanked for and lost').toEqual([]);
  return stored;
}

/** The fault is over: all that waits on this tablet arrives, nothing is set aside, and the oracle holds. Returns S. */
export async function expectHealed(
  verna: VernaServer,
  tablet: string,
  seen: Seen,
  page: Page,
  lost?: ReadonlySet<string>,
): Promise<Set<string>> {
  const since = performance.now();
  await expect.poll(() => heldBy(page), { timeout: 30_000 }).toEqual({ pending: [], quarantined: [] });
  note('healedMs', Math.round(performance.now() - since));
  return expectNothingLost(verna, tablet, seen, [], lost);
}
