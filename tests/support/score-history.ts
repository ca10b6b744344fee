import { randomUUID } from 'node:crypto';
import { createRandom } from '../../src/domain/demo/random';
import { addDays } from '../../src/domain/statistics/local-date';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';

export type ScoreHistory = {
  organization: string;
  location: string;
  tablet: string;
  /** Local dates, both included. */
  from: string;
  to: string;
  /** Chance of a content customer on a day; content ones are promoters, too. */
  contentOn: (day: string) => number;
  perDay: number;
};

/** Months of scores as counts, as a tablet that was heard would have left them. One seed, one history. */
export async function keepScoreHistory(
  sql: EmbeddedBackend['sql'],
  { organization, location, tablet, from, to, contentOn, perDay }: ScoreHistory,
): Promise<void> {
  const random = createRandom(5);
  const rows: { q: string; t: string; d: string; s: number; n: number }[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const csat = [0, 0, 0, 0, 0];
    const nps = new Array<number>(11).fill(0);
    for (let customer = 0; customer < perDay; customer += 1) {
      const isContent = random.chance(contentOn(day));
      csat[isContent ? random.integer(3, 4) : random.integer(0, 2)]! += 1;
      if (customer % 3 === 0) nps[isContent ? random.integer(7, 10) : random.integer(2, 8)]! += 1;
    }
    csat.forEach((n, index) => rows.push({ q: 'satisfaction', t: 'csat', d: day, s: index + 1, n }));
    nps.forEach((n, index) => rows.push({ q: 'recommend', t: 'nps', d: day, s: index, n }));
  }
  await sql.query(
    `insert into public.pairings (org_id, id, tablet_id, secret_hash, made, received, last_seen_at)
     values ($1, $2, $3, repeat('0', 64), 1, 1, now())`,
    [organization, randomUUID(), tablet],
  );
  await sql.query(
    `insert into public.score_counts (org_id, question, local_hour, location_id, tablet_id, type, score, n)
     select $1, q, d::timestamp + interval '12 hours', $2, $3, t, s, n
     from jsonb_to_recordset($4::jsonb) as given (q text, t text, d date, s smallint, n integer) where n > 0`,
    [organization, location, tablet, JSON.stringify(rows)],
  );
}
