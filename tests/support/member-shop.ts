import { randomBytes, randomUUID } from 'node:crypto';
import type { Programme } from '../../src/domain/member';
import type { SqlSession } from '../../supabase/embedded/migrations';
import { REWARDS, TABLETS } from './member-histories';
import { PROGRAMME } from './members';
import type { PairedTablet, Shop } from './shop';

export type MemberShop = { org: string; tablets: PairedTablet[] };

/** When the programme and the first reward change, within the first day of member-histories.ts. */
const CHANGED_AT = '2026-01-10 14:00Z';
const TERMS: Programme = {
  ...PROGRAMME,
  referral_points: 15,
  expiry_months: 2,
  offline_budget: { member: 40, tablet: 60 },
  tiers: [60, 90].map((from) => ({ name: { en: 'A', ru: 'A', bg: 'A' }, from })),
};
const LATER_TERMS: Programme = {
  ...TERMS,
  cooldown_hours: 1,
  points_per_visit: 7,
  referral_points: 25,
  expiry_months: 3,
};

const rewardOf = (cost: number, stock: number | null) =>
  `'${JSON.stringify({ name: { en: 'Tea', ru: 'Чай', bg: 'Чай' }, cost, stock, from: null, until: '2026-06-01', picture: null })}'`;

/** Another shop of the same owner with tablets of its own, and terms that changed within the time of the records. */
export async function anotherShop(
  sql: SqlSession,
  first: Shop,
  terms: readonly [Programme, Programme] = [TERMS, LATER_TERMS],
): Promise<MemberShop> {
  const org = randomUUID();
  const tablets = Array.from({ length: TABLETS }, () => ({
    tablet: randomUUID(),
    pairing: randomUUID(),
    secret: randomBytes(32).toString('hex'),
    survey: '',
  }));
  const [programme, later] = terms.map((given) => `'${JSON.stringify(given)}'`);
  await sql.exec(`begin;
    insert into public.organizations (id, name) values ('${org}', 'Bakery');
    insert into public.team_members (org_id, user_id, role)
      select '${org}', user_id, role from public.team_members where org_id = '${first.organization}';
    insert into public.surveys (org_id, id, name) values ('${org}', '${org}', 'Visit');
    insert into public.locations (org_id, id, name, time_zone, survey_id) values ('${org}', '${org}', 'Sofia', 'Europe/Sofia', '${org}');
    insert into public.programme_versions (org_id, valid_from, programme, created_by) values
      ('${org}', '2025-01-01', ${programme}, '${org}'), ('${org}', '${CHANGED_AT}', ${later}, '${org}');
    insert into public.rewards (org_id, id) values ('${org}', '${REWARDS[0]}'), ('${org}', '${REWARDS[1]}');
    insert into public.reward_versions (org_id, reward_id, valid_from, reward, created_by) values
      ('${org}', '${REWARDS[0]}', '2025-01-01', ${rewardOf(30, 2)}, '${org}'),
      ('${org}', '${REWARDS[0]}', '${CHANGED_AT}', ${rewardOf(20, 1)}, '${org}'),
      ('${org}', '${REWARDS[1]}', '2025-01-01', ${rewardOf(20, null)}, '${org}'),
      ('${org}', '${REWARDS[1]}', '2026-02-20 10:00Z', null, '${org}');
    ${tablets
      .map(
        ({ tablet, pairing, secret }) => `
    insert into public.tablets (org_id, location_id, id, name) values ('${org}', '${org}', '${tablet}', '${tablet}');
    insert into public.pairings (org_id, id, tablet_id, secret_hash)
      values ('${org}', '${pairing}', '${tablet}', encode(sha256('${secret}'), 'hex'));`,
      )
      .join('')}
    commit;`);
  return { org, tablets };
}

type MemberOutcome = { is_in_directory: boolean; is_told_to_tablets: boolean | null };

/** All that a shop knows of its members, but for the ids that only its own secret makes. */
export async function outcomeOf(sql: SqlSession, org: string) {
  const members = await sql.query<MemberOutcome>(
    `select phone, first_name, email, birthday_month, birthday_day, locale, case when merged_into is null then enrolled_at end as enrolled_at,
      (select kept.phone from public.members as kept where kept.org_id = $1 and kept.id = m.merged_into) as merged_into,
      (select jsonb_agg(a.id order by a.id) from public.member_aliases as a join public.enrolments as e on e.org_id = $1 and e.id = a.id
        where a.org_id = $1 and a.member_id = m.id) as aliases,
      (select jsonb_object_agg(reason, points) from (
        select reason, sum(points) as points from public.point_entries as p where p.org_id = $1 and p.member_id = m.id
        group by reason having sum(points) <> 0) as sums) as points,
      (select jsonb_agg(jsonb_build_array(v.id, v.refused) order by v.id) from public.visits as v where v.org_id = $1 and v.member_id = m.id) as visits,
      (select jsonb_agg(r.id order by r.id) from public.redemptions as r where r.org_id = $1 and r.member_id = m.id) as redemptions,
      (select jsonb_object_agg(purpose, granted) from (
        select distinct on (purpose) purpose, granted from public.consents as c where c.org_id = $1 and c.member_id = m.id
        order by purpose, occurred_at desc, record_id desc) as latest) as consents,
      (select due_at from private.due_members as d where d.org_id = $1 and d.member_id = m.id) as due_at,
      private.takes_part($1, whose) as is_in_directory, private.known_member($1, whose) - 'id' as known,
      (select d.sealed = private.seal_entry(d.directory_key, private.known_member($1, whose)::text) from private.directory_entries as d
        where d.org_id = $1 and d.member_id = m.id) as is_told_to_tablets
    from public.members as m cross join lateral (select coalesce(m.merged_into, m.id) as whose) as owner
    where org_id = $1 order by phone`,
    [org],
  );
  const redemptions = await sql.query<{ flags: string[] }>(
    'select id, flags from public.redemptions where org_id = $1 order by id',
    [org],
  );
  const waiting = await sql.query(
    'select id, phone, alias from private.waiting_records where org_id = $1 order by id',
    [org],
  );
  return { members, redemptions, waiting };
}
