import type { SqlSession } from '../../../supabase/embedded/migrations';

/** A chain in one organization: 200 places in 20 regions, each with five tablets. */
const PLACES = 200;
export const TABLETS = 1_000;
/** Every tablet's; their pairings' ids are `pairingOf`. */
export const SECRET = 'a'.repeat(64);
/** As good as two years, the last of them today. */
const MONTHS = 24;
const DAYS_A_MONTH = 30;
/** Of a hundred sessions so many say this besides the rating. */
const SHARES = { reasons: 35, recommend: 27, expectation: 20, comment: 8 };
const ANSWERS_A_SESSION = 1 + Object.values(SHARES).reduce((sum, percent) => sum + percent, 0) / 100;

export type Chain = { org: string; survey: string; owner: string };

export const placeOf = (n: number): string => idOf('1', n);
export const tabletOf = (n: number): string => idOf('2', n);
export const pairingOf = (n: number): string => idOf('3', n);

function idOf(kind: string, n: number): string {
  return `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** Gives the shop its places, tablets and pairings. */
export async function openChain(sql: SqlSession, org: string): Promise<Chain> {
  // Ids that begin with their time, as tablets mint them: an index takes them in much faster than random ones.
  await sql.exec(`
    create function private.bench_id(number bigint, at timestamptz) returns uuid language sql immutable as $$
      select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(number::text), 1, 3)
        || '8' || substr(md5(number::text), 4, 15))::uuid
    $$`);
  await sql.query(
    `insert into public.locations (org_id, id, name, time_zone, region, survey_id)
     select $1, ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Place ' || n, 'Europe/Sofia', 'Region ' || n % 20,
       (select id from public.surveys where org_id = $1 limit 1)
     from generate_series(0, ${PLACES - 1}) as n`,
    [org],
  );
  await sql.query(
    `insert into public.tablets (org_id, id, location_id, name)
     select $1, ('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
       ('10000000-0000-4000-8000-' || lpad((n % ${PLACES})::text, 12, '0'))::uuid, 'Tablet ' || n
     from generate_series(0, ${TABLETS - 1}) as n`,
    [org],
  );
  await sql.query(
    `insert into public.pairings (org_id, id, tablet_id, secret_hash, last_seen_at)
     select $1, ('30000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
       ('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, private.sha256_hex($2), now()
     from generate_series(0, ${TABLETS - 1}) as n`,
    [org, SECRET],
  );
  const rows = await sql.query<{ survey: string; owner: string }>(
    `select (select id from public.survey_versions where org_id = $1 limit 1) as survey,
       (select user_id from public.team_members where org_id = $1 limit 1) as owner`,
    [org],
  );
  return { org, ...rows[0]! };
}

/**
 * Adds about so many answers of the last two years, the same ones for the same `from` and `to`: answers number `from` to `to`
 * of an endless list, as ingest would have left them, with their entries in the ledger and their counts. Nobody is flagged.
 */
export async function populate(
  sql: SqlSession,
  { org, survey }: Chain,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const sessions = [from, to].map((answers) => Math.round(answers / ANSWERS_A_SESSION));
  for (let month = 0; month < MONTHS; month += 1) {
    const [first, last] = sessions.map((n) => Math.round(n / MONTHS) + month * 100_000_000) as [
      number,
      number,
    ];
    await sql.exec(`
      select private.ensure_answers_partition(month) from generate_series(
        date_trunc('month', date_trunc('day', now(), 'UTC') - interval '${(MONTHS - month) * DAYS_A_MONTH} days', 'UTC'),
        now(), interval '1 month') as month;
      create temporary table made as
      with sessions as (
        select n, tablet, chance, at, at at time zone 'Europe/Sofia' as local_at
        from (
          select n, (hashint8extended(n, 1) & 1048575) % ${TABLETS} as tablet,
            -- Every place has its own luck, and every month.
            ((hashint8extended(n, 2) & 1048575) / 1048576.0 + (hashint8extended(n, 1) & 1048575) % ${PLACES} * 0.001) / 1.2 as chance,
            date_trunc('day', now(), 'UTC') - interval '${(MONTHS - month) * DAYS_A_MONTH - 1} days'
              + (hashint8extended(n, 3) & 1048575) % ${DAYS_A_MONTH} * interval '1 day'
              + (7 * 3600 + (hashint8extended(n, 4) & 1048575) % (12 * 3600)) * interval '1 second' as at
          from generate_series(${first}::bigint, ${last - 1}) as n
        ) as drawn
      )
      select s.n * 5 + a.place as number, s.at as started_at, s.at + a.place * interval '3 seconds' as at, s.local_at + a.place * interval '3 seconds' as local_at,
        s.tablet, s.n as session, a.question, a.type, a.score::smallint as score, a.choices, a.comment
      from sessions as s cross join lateral (values
        (0, 100, 'satisfaction', 'csat', 5 - floor(s.chance * s.chance * 5), null::text[], null::text),
        (1, ${SHARES.reasons}, 'reasons', 'reasons', null, array[(array['quick','friendly','fair_price','slow','unfriendly'])[1 + n % 5]], null),
        (2, ${SHARES.recommend}, 'recommend', 'nps', 10 - floor(s.chance * s.chance * 11), null, null),
        (3, ${SHARES.expectation}, 'expectation', 'expectation', 1 - floor(s.chance * 3), null, null),
        (4, ${SHARES.comment}, 'comment', 'comment', null, null, 'Number ' || n || ' had to wait')
      ) as a (place, percent, question, type, score, choices, comment)
      where (hashint8extended(s.n, 10 + a.place) & 1048575) % 100 < a.percent;

      insert into public.answers (org_id, id, occurred_at, clock, local_at, location_id, tablet_id, session_id, survey_version_id,
        question, type, score, choices, comment, locale)
      select '${org}', private.bench_id(number, at), at, 'server', local_at,
        ('10000000-0000-4000-8000-' || lpad((tablet % ${PLACES})::text, 12, '0'))::uuid,
        ('20000000-0000-4000-8000-' || lpad(tablet::text, 12, '0'))::uuid,
        private.bench_id(session * 5, started_at), '${survey}', question, type, score, choices, comment, 'en'
      from made order by at;
      insert into public.received (org_id, id, pairing_id, seq, kind, v, sha256, received_at)
      select '${org}', private.bench_id(number, at), ('30000000-0000-4000-8000-' || lpad(tablet::text, 12, '0'))::uuid, null, 'answer', 1,
        md5(number::text) || md5(session::text), at
      from made order by at;
      insert into public.score_counts as counts (org_id, question, local_hour, location_id, tablet_id, type, score, n)
      select '${org}', question, date_trunc('hour', local_at), ('10000000-0000-4000-8000-' || lpad((tablet % ${PLACES})::text, 12, '0'))::uuid,
        ('20000000-0000-4000-8000-' || lpad(tablet::text, 12, '0'))::uuid, type, score, count(*)
      from made where score is not null group by 2, 3, 4, 5, 6, 7
      on conflict (org_id, question, local_hour, location_id, tablet_id, score) do update set n = counts.n + excluded.n;
      insert into public.choice_counts as counts (org_id, question, local_hour, location_id, tablet_id, choice, n)
      select '${org}', question, date_trunc('hour', local_at), ('10000000-0000-4000-8000-' || lpad((tablet % ${PLACES})::text, 12, '0'))::uuid,
        ('20000000-0000-4000-8000-' || lpad(tablet::text, 12, '0'))::uuid, choices[1], count(*)
      from made where choices is not null group by 2, 3, 4, 5, 6
      on conflict (org_id, question, local_hour, location_id, tablet_id, choice) do update set n = counts.n + excluded.n;
      drop table made;
    `);
  }
}
