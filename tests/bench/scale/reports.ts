import postgres from 'postgres';
import { placeOf, tabletOf, type Chain } from './chain';

export type Report = { what: string; sql: string };

/** What the owner's pages ask for, of the last days, the last quarter and all the time there is. */
export function reportsOf({ org }: Chain): Report[] {
  const answers = ['7 days', '90 days', '2 years'].flatMap((length) => {
    const period = `'${org}', (current_date - interval '${length}')::date, current_date`;
    return [
      { what: `scores of the shop, ${length}`, sql: `select public.report_answers(${period})` },
      {
        what: `scores of a place, ${length}`,
        sql: `select public.report_answers(${period}, location => '${placeOf(7)}')`,
      },
      {
        what: `scores of a tablet, ${length}`,
        sql: `select public.report_answers(${period}, tablet => '${tabletOf(7)}')`,
      },
      { what: `drivers of the shop, ${length}`, sql: `select public.report_drivers(${period})` },
      {
        what: `drivers of a place, ${length}`,
        sql: `select public.report_drivers(${period}, location => '${placeOf(7)}')`,
      },
      { what: `comments, ${length}`, sql: `select public.report_comments(${period})` },
    ];
  });
  return [
    ...answers,
    { what: 'tablets', sql: `select public.report_tablets('${org}')` },
    { what: 'pulse', sql: `select public.report_pulse('${org}')` },
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
