import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import { SCORED_TYPES } from '../../domain/scored-type';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

/** A period of local dates, 'YYYY-MM-DD', both ends included, and what to look at; null means all. */
export type ReportFilter = {
  from: string;
  to: string;
  location: string | null;
  tablet: string | null;
  /** Key of the one question to count; all when not said. */
  question?: string;
};

const cell = { question: v.string(), score: v.number(), n: count, flagged: count };

const reportAnswersSchema = v.object({
  scores: v.array(v.object({ ...cell, type: v.picklist(SCORED_TYPES) })),
  days: v.array(v.object({ ...cell, day: v.string() })),
  /** weekday 1 = Monday … 7 = Sunday; hour 0 … 23, both local. */
  hours: v.array(v.object({ ...cell, weekday: v.number(), hour: v.number() })),
  choices: v.array(v.object({ question: v.string(), choice: v.string(), n: count, flagged: count })),
});

/** Counts as the database keeps them: n counts every answer, flagged those left out by default. */
export type ReportAnswers = v.InferOutput<typeof reportAnswersSchema>;

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
    score: v.nullable(v.object({ type: v.picklist(SCORED_TYPES), score: v.number() })),
    choices: v.nullable(v.array(v.string())),
  }),
);

export type ReportComment = v.InferOutput<typeof reportCommentsSchema>[number];

/** What customers answered, as counts and as words. */
export const scoreCalls = (client: OwnerClient) => ({
  reportAnswers: (org: string, filter: ReportFilter) =>
    readReply(
      reportAnswersSchema,
      client.rpc('report_answers', {
        org,
        from_date: filter.from,
        to_date: filter.to,
        ...(filter.location && { location: filter.location }),
        ...(filter.tablet && { tablet: filter.tablet }),
        ...(filter.question && { only_question: filter.question }),
      }),
    ),
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
