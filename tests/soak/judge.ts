import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import type { Held } from '../faults/support-browser/oracle';
import type { Seen } from '../faults/support-browser/witness';

/** One tablet as the judge sees it: from outside. */
export type Judged = {
  tablet: string;
  seen: Seen;
  /** Ids of records that the server must refuse. */
  poison: ReadonlySet<string>;
  /** What it holds now; null while its browser is being started. */
  held(): Promise<Held | null>;
};

/** Ids by what is wrong with them; nothing may ever be in it. */
export type Verdict = {
  /** Thanked for, and neither on the server nor on the tablet. */
  lost: string[];
  /** More than once in the ledger, or with more or fewer rows than one. */
  doubled: string[];
  /** On the server, and never made or with another hash. */
  strange: string[];
  /** Answers with a score minus what the score counts add up to. */
  miscounted: number;
};

type Ledger = { id: string; sha256: string; entries: number; rows: number };

/**
 * U ⊆ S ∪ P ∪ Q, each id once in S, hashes equal, S ⊆ ids ever made. Read in this order, because a record goes from
 * the tablet to the server and never back. Null when the tablet could not be read.
 */
export async function judge({ sql }: EmbeddedBackend, judged: Judged): Promise<Verdict | null> {
  const { tablet, seen } = judged;
  const confirmed = [...seen.confirmed];
  const kept = await judged.held();
  if (!kept) return null;
  // One statement, and so one moment.
  const [at] = await sql.query<{ ledger: Ledger[]; miscounted: number }>(
    `with entries as (
       select r.id, min(r.sha256) as sha256, count(*)::int as entries from public.received as r
       join public.pairings as p on p.org_id = r.org_id and p.id = r.pairing_id
       where p.tablet_id = $1 group by r.id
     ), rows as (
       select id, count(*)::int as rows from public.answers where tablet_id = $1 group by id
     )
     select
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'sha256', coalesce(e.sha256, ''),
          'entries', coalesce(e.entries, 0), 'rows', coalesce(r.rows, 0))), '[]')
        from entries as e full join rows as r using (id)) as ledger,
       ((select count(*) from public.answers where tablet_id = $1 and score is not null)
        - (select coalesce(sum(n), 0) from public.score_counts where tablet_id = $1))::int as miscounted`,
    [tablet],
  );
  const { ledger, miscounted } = at!;
  const known = new Set([...ledger.map(({ id }) => id), ...kept.pending, ...kept.quarantined]);
  return {
    lost: confirmed.filter((id) => !known.has(id)),
    doubled: ledger.filter(({ entries, rows }) => entries !== 1 || rows !== 1).map(({ id }) => id),
    strange: ledger.filter(({ id, sha256 }) => seen.made.get(id) !== sha256).map(({ id }) => id),
    miscounted,
  };
}
