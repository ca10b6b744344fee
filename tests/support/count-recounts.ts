import { expect } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { askAs, type Asked } from './ask-as';
import type { PairedTablet, Shop } from './shop';

// What reports say of a shop, beside what the answers themselves say when they are counted once more.

export const PERIOD = { from_date: '2026-03-01', to_date: '2026-03-31' };
/** A month, which is rolled up as a whole, and days that begin and end inside one. */
const PERIODS = [PERIOD, { from_date: '2026-03-05', to_date: '2026-03-08' }];
/** In how many ways a shop can be asked: of each period, everything, a place, a tablet, or one of either. */
export const WAYS = PERIODS.length * 4;

type Scores = {
  days: [string, string, string, number[], number[] | null][];
  hours: [string, number, number, number, number, number][];
  choices: unknown[];
};
type Places = { question: string; type: string; tablet: string; counts: [number, number, number][] }[];
type Changes = Record<
  'now' | 'before',
  { question: string; location: string; counts: [number, number, number][] }[]
>;
type Side = { question: string; type: string; day: string; counts: [number, number, number][] }[];

const daysOf = ({ days }: Scores) =>
  days.flatMap(([question, , day, counts, flagged]) =>
    counts.flatMap((n, place) =>
      n > 0 ? [{ question, day, score: place - 1, n, flagged: flagged?.[place] ?? 0 }] : [],
    ),
  );
const hoursOf = ({ hours }: Scores) =>
  hours.map(([question, weekday, hour, score, n, flagged]) => ({
    question,
    weekday,
    hour,
    score,
    n,
    flagged,
  }));
const sideDaysOf = (side: Side) =>
  side.flatMap(({ question, day, counts }) =>
    counts.map(([score, n, flagged]) => ({ question, day, score, n, flagged })),
  );
const placesOf = (places: Places) =>
  places.flatMap(({ question, tablet, counts }) =>
    counts.map(([score, n, flagged]) => ({ question, tablet, score, n, flagged })),
  );

const changesOf = (changes: Changes) =>
  (['now', 'before'] as const).flatMap((side) =>
    changes[side].flatMap(({ question, location, counts }) =>
      counts.map(([score, n, flagged]) => ({ side, question, location, score, n, flagged })),
    ),
  );

/** Of a period and of as many days right before it. */
const CHANGES = `
  select coalesce(jsonb_agg(to_jsonb(c) order by side desc, question, location, score), '[]') as counted from (
    select case when local_at::date < $2::date then 'before' else 'now' end as side, question, location_id as location, score,
      count(*) as n, count(flag) as flagged
    from public.answers
    where org_id = $1 and score is not null and local_at::date between $2::date - ($3::date - $2::date + 1) and $3::date
    group by 1, 2, 3, 4
  ) as c`;

const DRIVERS = `
  select coalesce(jsonb_agg(jsonb_build_array(d.one, d.other, d.is_flagged, d.n, d.one_sum, d.other_sum, d.one_squares,
    d.other_squares, d.products, d.top_two, d.praised, d.blamed, d.low) order by d.part, d.one, d.other, d.is_flagged), '[]') as drivers
  from (
    select (day - '2026-03-01') % 29 as part, c.one, c.other, c.is_flagged, sum(c.n) as n, sum(c.one_sum) as one_sum,
      sum(c.other_sum) as other_sum, sum(c.one_squares) as one_squares, sum(c.other_squares) as other_squares,
      sum(c.products) as products, sum(c.top_two) as top_two, sum(c.praised) as praised, sum(c.blamed) as blamed, sum(c.low) as low
    from (select distinct local_at::date as day from public.answers where org_id = $1) as days
    cross join lateral private.count_drivers($1, day, $2) as c
    group by 1, 2, 3, 4
  ) as d`;
type Recount = Record<'scores' | 'days' | 'hours' | 'choices' | 'places', unknown>;

const RECOUNT = `
  with taken as (
    select * from public.answers
    where org_id = $1 and ($2::uuid is null or location_id = $2) and ($3::uuid is null or tablet_id = $3)
      and local_at::date between $4::date and $5::date
  )
  select jsonb_build_object(
    'scores', coalesce((select jsonb_agg(to_jsonb(s) order by question, score) from (
      select question, type, score, count(*) as n, count(flag) as flagged from taken where score is not null group by 1, 2, 3
    ) as s), '[]'),
    'days', coalesce((select jsonb_agg(to_jsonb(d) order by question, day, score) from (
      select question, local_at::date as day, score, count(*) as n, count(flag) as flagged
      from taken where score is not null group by 1, 2, 3
    ) as d), '[]'),
    'hours', coalesce((select jsonb_agg(to_jsonb(h) order by question, weekday, hour, score) from (
      select question, extract(isodow from local_at)::integer as weekday, extract(hour from local_at)::integer as hour, score,
        count(*) as n, count(flag) as flagged
      from taken where score is not null group by 1, 2, 3, 4
    ) as h), '[]'),
    'places', coalesce((select jsonb_agg(to_jsonb(p) - 'location_id' order by question, location_id, tablet, score) from (
      select question, location_id, tablet_id as tablet, score, count(*) as n, count(flag) as flagged
      from taken where score is not null group by 1, 2, 3, 4
    ) as p), '[]'),
    'choices', coalesce((select jsonb_agg(to_jsonb(c) order by question, n desc, choice) from (
      select question, choice, count(*) as n, count(flag) as flagged from taken, unnest(choices) as choice group by 1, 2
    ) as c), '[]')) as counted`;

type Only = { location?: string; tablet?: string };
type Counter = { shop: Shop; tablets: readonly PairedTablet[] };

function argsOfWays({ shop: { organization: org, location }, tablets }: Counter) {
  const only: Only[] = [
    {},
    { location },
    { tablet: tablets[1]!.tablet },
    { location, tablet: tablets[0]!.tablet },
  ];
  return PERIODS.flatMap((period) => only.map((part) => ({ org, ...period, ...part })));
}
type Args = ReturnType<typeof argsOfWays>[number];

const isOfAll = ({ location, tablet }: Args) => location === undefined && tablet === undefined;

const questionsOf = (args: Args): Asked[] =>
  [
    'report_answers',
    'report_scores',
    'report_side',
    ...(isOfAll(args) ? ['report_places', 'report_changes'] : []),
  ].map((name) => ({ name, args }));

function whatIsTold(args: Args, [answers, reported, side, places, changes]: readonly unknown[]) {
  const scores = reported as Scores;
  const told = { days: daysOf(scores), hours: hoursOf(scores), choices: scores.choices };
  return {
    ...args,
    answers,
    scores: told,
    side: sideDaysOf(side as Side),
    places: isOfAll(args) && placesOf(places as Places),
    changes: isOfAll(args) && changesOf(changes as Changes),
  };
}

async function whatIsCounted({ sql }: EmbeddedBackend, args: Args) {
  const [row] = await sql.query<{ counted: Recount }>(RECOUNT, [
    args.org,
    args.location ?? null,
    args.tablet ?? null,
    args.from_date,
    args.to_date,
  ]);
  const [changes] = isOfAll(args)
    ? await sql.query<{ counted: unknown }>(CHANGES, [args.org, args.from_date, args.to_date])
    : [];
  const { places, ...answers } = row!.counted;
  const { days, hours, choices } = answers;
  return {
    ...args,
    answers,
    scores: { days, hours, choices },
    side: days,
    places: isOfAll(args) && places,
    changes: isOfAll(args) && changes?.counted,
  };
}

/**
 * What the reports say must be what a count of the answers themselves says, whoever is asked for; `way` asks in one of
 * the `WAYS` only.
 */
export async function expectCountsToHold(
  backend: EmbeddedBackend,
  counter: Counter,
  way?: number,
): Promise<void> {
  const { organization: org, token, location } = counter.shop;
  const ways = argsOfWays(counter).filter((_, at) => way === undefined || at === way);
  // Whatever is rolled up: what the days' answers say now, added up.
  const places = [null, location].filter((_, at) => way === undefined || at === way % 2);
  const asked = [
    ...ways.flatMap(questionsOf),
    ...places.map((only) => ({
      name: 'report_drivers',
      args: { org, ...PERIOD, ...(only !== null && { location: only }) },
    })),
  ];
  const told = await askAs(backend, token, asked);
  for (const args of ways) {
    const own = told.splice(0, questionsOf(args).length);
    expect(whatIsTold(args, own)).toEqual(await whatIsCounted(backend, args));
  }
  for (const only of places) {
    const cells = told.shift() as (string | number | boolean)[][];
    const [counted] = await backend.sql.query<{ drivers: unknown }>(DRIVERS, [org, only]);
    expect(cells.map(([, ...sums]) => sums)).toEqual(counted?.drivers);
  }
}
