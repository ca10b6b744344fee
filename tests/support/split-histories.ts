import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { VernaRecord } from '../../src/domain/record';
import type { SqlSession } from '../../supabase/embedded/migrations';
import { PHONES } from './member-histories';
import type { MemberShop } from './member-shop';
import { memberRecord } from './members';
import { recordOf } from './shop';

/** Customers with and without a name, members, and people at work: what scores are split by, as tablets tell it. */

const START = Date.parse('2026-03-08T18:00:00Z');
const STEP_MS = 20 * 60_000;
const TABLETS = 3;
const STAFF = [1, 2].map((digit) => `1b000000-0000-4000-8000-00000000000${digit}`);

/** Three days in steps, so that midnights, hours and moments meet. */
const told = { tablet: fc.nat(TABLETS - 1), at: fc.nat(216).map((step) => new Date(START + step * STEP_MS)) };
const session = fc.record({
  kind: fc.constant('session' as const),
  ...told,
  score: fc.integer({ min: 1, max: 5 }),
  locale: fc.constantFrom('bg', 'en'),
  reasons: fc.uniqueArray(fc.constantFrom('quick', 'friendly', 'fair_price'), { maxLength: 2 }),
  /** The reasons came so much later: seconds, or after midnight. */
  laterMs: fc.constantFrom(5_000, 30 * 60_000),
  nps: fc.option(fc.integer({ min: 0, max: 10 })),
  /** Which enrolments said that it was theirs. */
  raters: fc.array(fc.nat(9), { maxLength: 2 }),
});
const enrolment = fc.record({
  kind: fc.constant('enrolment' as const),
  ...told,
  phone: fc.constantFrom(...PHONES),
});
const visit = fc.record({
  kind: fc.constant('visit' as const),
  ...told,
  whom: fc.nat(9),
  staff: fc.option(fc.constantFrom(...STAFF)),
});
const unlock = fc.record({ kind: fc.constant('unlock' as const), ...told, staff: fc.constantFrom(...STAFF) });

export const splitHistory = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: session },
    { weight: 2, arbitrary: enrolment },
    { weight: 3, arbitrary: visit },
    unlock,
  ),
  { minLength: 8, maxLength: 60, size: 'max' },
);
type Fact = typeof splitHistory extends fc.Arbitrary<(infer F)[]> ? F : never;

/** Gives the shop a survey, two people, and two places in far zones, the last tablet at the second. Returns the places. */
export async function openSplitShop(
  sql: SqlSession,
  { org, tablets }: MemberShop,
): Promise<[string, string]> {
  const [near, far, survey] = [randomUUID(), randomUUID(), randomUUID()];
  await sql.exec(`
    insert into public.survey_versions (org_id, id, survey_id, number, definition) values ('${org}', '${survey}', '${org}', 1,
      '{"questions": [{"key": "satisfaction", "type": "csat"}, {"key": "reasons", "type": "reasons"}, {"key": "recommend", "type": "nps"}]}');
    insert into public.locations (org_id, id, name, time_zone, survey_id) values
      ('${org}', '${near}', 'Varna', 'Europe/Sofia', '${org}'), ('${org}', '${far}', 'Samoa', 'Pacific/Apia', '${org}');
    update public.tablets set location_id = case id when '${tablets.at(-1)!.tablet}' then '${far}'::uuid else '${near}' end
    where org_id = '${org}';
    insert into public.staff (org_id, id, name, pin_salt, pin_hash)
    select '${org}', id::uuid, id, repeat('a', 32), repeat('b', 64) from unnest(array['${STAFF.join("', '")}']) as id;`);
  for (const tablet of tablets) tablet.survey = survey;
  return [near, far];
}

export type SplitTold = { tablet: number; record: VernaRecord };

/** The same facts become the same records but for their ids. */
export function splitRecords(facts: readonly Fact[], { tablets }: MemberShop): SplitTold[] {
  const made = tablets.map(() => 0);
  const ids = facts.map(() => randomUUID() as string);
  const enrolled = ids.filter((_, at) => facts[at]!.kind === 'enrolment');
  const named = (which: number) =>
    enrolled[which % (enrolled.length + 1)] ?? '00000000-0000-4000-8000-000000000000';
  return facts.flatMap((fact, at) => {
    const tablet = tablets[fact.tablet]!;
    const place = (later = 0) => ({
      pairing: tablet.pairing,
      seq: (made[fact.tablet]! += 1),
      occurredAt: new Date(fact.at.getTime() + later),
    });
    const told = (record: VernaRecord) => ({ tablet: fact.tablet, record });
    if (fact.kind !== 'session')
      return [told(memberRecord(fact.kind, bodyOf(fact, named), { ...place(), id: ids[at]! }))];
    const answer = (body: object, later: number) => {
      const { seq, occurredAt } = place(later);
      const all = { session: ids[at], locale: fact.locale, ...body };
      return told({ ...recordOf(tablet, seq, all), occurredAt: occurredAt.toISOString() });
    };
    const reasons = { type: 'reasons', question: 'reasons', score: undefined, choices: fact.reasons };
    return [
      answer({ score: fact.score }, 0),
      ...(fact.reasons.length > 0 ? [answer(reasons, fact.laterMs)] : []),
      ...(fact.nps === null ? [] : [answer({ type: 'nps', question: 'recommend', score: fact.nps }, 8_000)]),
      ...fact.raters.map((which, later) =>
        told(memberRecord('rater', { member: named(which), session: ids[at] }, place(9_000 + later))),
      ),
    ];
  });
}

function bodyOf(fact: Exclude<Fact, { kind: 'session' }>, named: (which: number) => string): object {
  if (fact.kind === 'unlock') return { staff: fact.staff };
  if (fact.kind === 'visit') return { staff: fact.staff, member: named(fact.whom), phone: null, sale: null };
  const { phone } = fact;
  const directoryKey = createHash('sha256').update(phone).digest('hex');
  return {
    staff: null,
    phone,
    directoryKey,
    firstName: 'Анна',
    email: null,
    birthday: null,
    locale: 'bg',
    consents: [],
  };
}

/** Cells as report_split tells them, counted from the rows themselves: $1 shop, $2 location or null, $3 question. */
export const SPLIT_RECOUNTS = {
  language: recountOf(`select a.locale`),
  visitor: recountOf(`
    select case
      when m.id is null then 'unknown'
      when exists (select 1 from public.visits as v where v.org_id = $1 and v.member_id = m.id and v.local_at::date < a.local_at::date)
      then 'returning' else 'new' end
    from (values (1)) as one
    left join lateral (
      select s.alias from public.session_members as s where s.org_id = $1 and s.session_id = a.session_id
      order by s.occurred_at, s.record_id limit 1
    ) as rater on true
    left join public.member_aliases as alias on alias.org_id = $1 and alias.id = rater.alias
    left join public.members as named on named.org_id = $1 and named.id = coalesce(alias.member_id, rater.alias)
    left join public.members as m on m.org_id = $1 and m.id = coalesce(named.merged_into, named.id)`),
  reason: recountOf(`
    select distinct choice from public.answers as r, unnest(array_append(r.choices, '')) as choice
    where r.org_id = $1 and r.session_id = a.session_id and r.tablet_id = a.tablet_id and r.local_at::date = a.local_at::date
      and r.choices is not null`),
  staff: recountOf(`
    select distinct who from (
      select u.staff_id, u.location_id, u.occurred_at at time zone (select time_zone from public.locations where org_id = $1 and id = u.location_id) as at
      from public.staff_unlocks as u where u.org_id = $1
      union all
      select v.staff_id, v.location_id, v.local_at from public.visits as v where v.org_id = $1 and v.staff_id is not null
    ) as act, unnest(array[act.staff_id::text, '']) as who
    where act.location_id = a.location_id and act.at::date = a.local_at::date
      and abs(extract(hour from act.at) - extract(hour from a.local_at)) <= 1`),
};

function recountOf(values: string): string {
  return `select coalesce(jsonb_agg(jsonb_build_array(value, score, n, flagged) order by value collate "C", score), '[]') as counted
    from (
      select told.value, a.score, count(*) as n, count(a.flag) as flagged
      from public.answers as a cross join lateral (${values}) as told (value)
      where a.org_id = $1 and ($2::uuid is null or a.location_id = $2) and a.question = $3 and a.score is not null
      group by told.value, a.score
    ) as cells`;
}
