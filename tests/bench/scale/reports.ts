import postgres from 'postgres';
import { placeOf, tabletOf, type Chain } from './chain';

export type Report = { what: string; sql: string };

const LENGTHS = ['7 days', '30 days', '90 days', '2 years'];
const LOW = '{"csat": [1, 2], "nps": [0, 6]}';
const HIGH = '{"csat": [5, 5], "nps": [9, 10]}';
/** Searches of comments that go different ways: by time, by words, by place, by score. */
const SEARCHES = {
  all: '{}',
  'a rare word': '{"search": "4711"}',
  'a word in all of them': '{"search": "waiting"}',
  'low scores': `{"scores": ${LOW}}`,
  'low scores with a word': `{"search": "waiting", "scores": ${LOW}}`,
  'a reason': '{"reason": "slow"}',
  'a place': `{"location": "${placeOf(7)}"}`,
  'low scores of a tablet': `{"tablet": "${tabletOf(7)}", "scores": ${LOW}}`,
};
/** What else pages of the owner ask; none of it is about a period. */
const OTHERS = [
  'alert_rules',
  'alerts',
  'cases',
  'comment_tags',
  'members',
  'members_to_call',
  'pulse',
  'quarantine',
  'redemptions',
  'retention',
  'rewards',
  'staff',
  'tablets',
  'team',
  'team_pulse',
];

/** Every report that a page of the owner asks for, of the last days, quarter and two years where it is about a period. */
export function reportsOf({ org }: Chain): Report[] {
  const scopes = [
    { whose: 'the shop', only: '' },
    { whose: 'a place', only: `, location => '${placeOf(7)}'` },
    { whose: 'a tablet', only: `, tablet => '${tabletOf(7)}'` },
  ];
  const timed = LENGTHS.flatMap((length) => {
    const period = `'${org}', (current_date - interval '${length}')::date, current_date`;
    return [
      ...scopes.flatMap(({ whose, only }) => [
        { what: `scores of ${whose}, ${length}`, sql: `select public.report_scores(${period}${only})` },
        {
          what: `comments of ${whose}, ${length}`,
          sql: `select public.report_comments(${period}${only}, page_size => 12)`,
        },
        { what: `side of ${whose}, ${length}`, sql: `select public.report_side(${period}${only})` },
      ]),
      {
        what: `side of a region, ${length}`,
        sql: `select public.report_side(${period}, region => 'Region 7')`,
      },
      {
        what: `scores of a region, ${length}`,
        sql: `select public.report_region_scores('${org}', 'Region 7', (current_date - interval '${length}')::date, current_date)`,
      },
      {
        what: `control chart, ${length}`,
        sql: `select public.report_scores(${period}, only_question => 'satisfaction', only_days => true)`,
      },
      { what: `drivers of the shop, ${length}`, sql: `select public.report_drivers(${period})` },
      {
        what: `drivers of a place, ${length}`,
        sql: `select public.report_drivers(${period}, location => '${placeOf(7)}')`,
      },
      { what: `places, ${length}`, sql: `select public.report_places(${period}, 'satisfaction')` },
    ];
  });
  const changes = [7, 28].map((days) => ({
    what: `changes, ${days} days`,
    sql: `select public.report_changes('${org}', current_date - ${days}, current_date - 1)`,
  }));
  const searches = Object.entries(SEARCHES).map(([what, wanted]) => ({
    what: `search for ${what}`,
    sql: `select public.search_comments('${org}', '${wanted}')`,
  }));
  return [
    ...timed,
    ...changes,
    ...searches,
    { what: 'praise', sql: `select public.report_praise('${org}', '${HIGH}')` },
    { what: 'case times', sql: `select public.report_case_times('${org}', current_date - 90, current_date)` },
    ...OTHERS.map((name) => ({
      what: name.replaceAll('_', ' '),
      sql: `select public.report_${name}('${org}')`,
    })),
  ];
}

/** How long each of these reports takes the database, asked `times` times by the owner; ms, in the order asked. */
export async function timeReports(
  url: string,
  { owner }: Chain,
  reports: readonly Report[],
  times: number,
): Promise<number[][]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const claims = JSON.stringify({ sub: owner, role: 'authenticated' });
  const timeOne = (report: Report) =>
    sql.begin(async (transaction) => {
      await transaction`
        select set_config('request.jwt.claim.sub', ${owner}, true), set_config('request.jwt.claims', ${claims}, true),
          set_config('role', 'authenticated', true)`;
      const startedAt = performance.now();
      await transaction.unsafe(report.sql);
      return performance.now() - startedAt;
    });
  const all: number[][] = [];
  for (const report of reports) {
    await timeOne(report);
    const each: number[] = [];
    for (let time = 0; time < times; time += 1) each.push(await timeOne(report));
    all.push(each);
  }
  await sql.end();
  return all;
}
