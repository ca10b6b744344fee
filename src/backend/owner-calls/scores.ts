import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import { SCORED_TYPES } from '../../domain/scored-type';
import type { Result } from '../failure';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

/** A period of local dates, 'YYYY-MM-DD', both ends included, and what to look at; null means all. */
export type ReportFilter = {
  from: string;
  to: string;
  location: string | null;
  /** All locations of a region; with one, location and tablet are null. */
  region?: string | null;
  tablet: string | null;
  /** Key of the one question to count; all when not said. */
  question?: string;
};

const typeSchema = v.picklist(SCORED_TYPES);
/** Counts of the scores −1 to 10. */
const byScore = v.pipe(v.array(count), v.length(12));
const LOWEST = -1;

/** Rows are arrays: two years have thousands of days, and one name a figure would be most of the reply. */
const reportScoresSchema = v.object({
  days: v.array(v.tuple([v.string(), typeSchema, v.string(), byScore, v.nullable(byScore)])),
  hours: v.array(v.tuple([v.string(), v.number(), v.number(), v.number(), count, count])),
  choices: v.array(v.object({ question: v.string(), choice: v.string(), n: count, flagged: count })),
});

/** n counts every answer, flagged those left out by default. */
type Cell = { question: string; score: number; n: number; flagged: number };
type ScoreType = v.InferOutput<typeof typeSchema>;

/** Counts as the database keeps them. */
export type ReportAnswers = {
  scores: (Cell & { type: ScoreType })[];
  days: (Cell & { day: string })[];
  /** weekday 1 = Monday … 7 = Sunday; hour 0 … 23, both local. */
  hours: (Cell & { weekday: number; hour: number })[];
  choices: { question: string; choice: string; n: number; flagged: number }[];
};

function readReport({ days, hours, choices }: v.InferOutput<typeof reportScoresSchema>): ReportAnswers {
  const totals = new Map<string, Cell & { type: ScoreType }>();
  const cells = days.flatMap(([question, type, day, counts, flaggedCounts]) =>
    counts.flatMap((n, place) => {
      if (n === 0) return [];
      const cell = { question, score: place + LOWEST, n, flagged: flaggedCounts?.[place] ?? 0 };
      const key = `${question} ${type} ${cell.score}`;
      const total = totals.get(key);
      if (total) {
        total.n += cell.n;
        total.flagged += cell.flagged;
      } else totals.set(key, { ...cell, type });
      return [{ ...cell, day }];
    }),
  );
  return {
    scores: [...totals.values()],
    days: cells,
    hours: hours.map(([question, weekday, hour, score, n, flagged]) => ({
      question,
      weekday,
      hour,
      score,
      n,
      flagged,
    })),
    choices,
  };
}

const reportCommentsSchema = v.array(
  v.object({
    id: uuidSchema,
    occurred_at: v.string(),
    local_at: v.string(),
    location: uuidSchema,
    tablet: uuidSchema,
    text: v.string(),
    locale: v.string(),
    flag: v.nullable(v.string()),
    score: v.nullable(v.object({ type: typeSchema, score: v.number() })),
    choices: v.nullable(v.array(v.string())),
  }),
);

export type ReportComment = v.InferOutput<typeof reportCommentsSchema>[number];

/** What customers answered, as counts and as words. */
export const scoreCalls = (client: OwnerClient) => ({
  /** onlyDays: without hours and choices, which take the server longest and of which a chart of days shows nothing. */
  reportAnswers: async (
    org: string,
    filter: ReportFilter,
    onlyDays = false,
  ): Promise<Result<ReportAnswers>> => {
    const asked = {
      org,
      from_date: filter.from,
      to_date: filter.to,
      ...(filter.question && { only_question: filter.question }),
      ...(onlyDays && { only_days: true }),
    };
    const report = await readReply(
      reportScoresSchema,
      filter.region
        ? client.rpc('report_region_scores', { ...asked, region: filter.region })
        : client.rpc('report_scores', {
            ...asked,
            ...(filter.location && { location: filter.location }),
            ...(filter.tablet && { tablet: filter.tablet }),
          }),
    );
    return report.ok ? { ok: true, value: readReport(report.value) } : report;
  },
  /** The newest comments of a period, at most 200. */
  reportComments: (org: string, filter: ReportFilter, pageSize: number) =>
    readReply(
      reportCommentsSchema,
      client.rpc('report_comments', {
        org,
        from_date: filter.from,
        to_date: filter.to,
        page_size: pageSize,
        ...(filter.location && { location: filter.location }),
        ...(filter.tablet && { tablet: filter.tablet }),
      }),
    ),
});
