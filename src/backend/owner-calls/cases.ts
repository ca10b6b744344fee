import * as v from 'valibot';
import { CASE_CAUSES, CASE_STATES, type CaseCause, type CaseState, WOULD_RETURN } from '../../domain/case';
import { LOCALES, type Locale } from '../../domain/locale';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';
import { sessionAnswersSchema } from './session-answers';

const state = v.picklist(CASE_STATES);
const cause = v.picklist(CASE_CAUSES);
const wouldReturn = v.picklist(WOULD_RETURN);

const caseEntries = {
  case: uuidSchema,
  /** When it was told, when it arrived, and until when it is to be answered. */
  occurred_at: v.string(),
  received_at: v.string(),
  due_at: v.string(),
  clock: v.picklist(['server', 'tablet', 'receipt']),
  state,
  /** Where it was told and to whom; null for what was entered on these pages. */
  tablet: v.nullable(uuidSchema),
  location: v.nullable(uuidSchema),
  staff: v.nullable(uuidSchema),
  /** The e-mail address of who entered it here; null for what a tablet told. */
  opened_by: v.nullable(v.string()),
  session: v.nullable(uuidSchema),
  locale: v.picklist(LOCALES),
  /** Of a case that a score opened, the comment of its session. Null where they said nothing, or were erased since. */
  text: v.nullable(v.string()),
  is_erased: v.boolean(),
  member: v.nullable(uuidSchema),
  first_name: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  /** The low score that opened it; null where somebody told it. */
  score: v.nullable(v.number()),
  /** The e-mail address of a team member, or a name; null while it is nobody's. */
  assignee: v.nullable(v.string()),
  is_mine: v.boolean(),
  cause: v.nullable(cause),
  /** By when what was promised last is to be done, and whether it was; null while nobody said. */
  promise_due_at: v.nullable(v.string()),
  promise_kept: v.nullable(v.boolean()),
  would_return: v.nullable(wouldReturn),
  /** CSAT, 1 to 5, given after. */
  rerating: v.nullable(v.number()),
  contacted_at: v.nullable(v.string()),
  resolved_at: v.nullable(v.string()),
};

const reportCasesSchema = v.object({
  cases: v.array(v.object(caseEntries)),
  /** What to ask the next page with; null after the last. */
  next: v.nullable(v.string()),
  /** How many are as asked for. */
  total: count,
  /** How many are not resolved, how many of those nobody has answered in time, and how many are whoever asks'. */
  waiting: count,
  overdue: count,
  mine: count,
});
/** One page of cases: of those that wait the one due first, of the resolved ones the one due last. */
export type ReportCases = v.InferOutput<typeof reportCasesSchema>;
export type CaseRow = ReportCases['cases'][number];

const reportCaseSchema = v.nullable(
  v.object({
    ...caseEntries,
    email: v.nullable(v.string()),
    /** What was done, the first first. */
    events: v.array(
      v.object({
        at: v.string(),
        what: v.picklist(['state', 'assignee', 'promise', 'kept', 'rerating']),
        state,
        /** Of a promise: what was promised. */
        note: v.nullable(v.string()),
        by: v.string(),
        assignee: v.nullable(v.string()),
        cause: v.nullable(cause),
        promise_due_at: v.nullable(v.string()),
        promise_kept: v.nullable(v.boolean()),
        would_return: v.nullable(wouldReturn),
        rerating: v.nullable(v.number()),
      }),
    ),
    /** What the customer had answered at the kiosk. */
    answers: sessionAnswersSchema,
  }),
);
export type ReportCase = NonNullable<v.InferOutput<typeof reportCaseSchema>>;
export type CaseEvent = ReportCase['events'][number];

const openCaseSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), case: uuidSchema }),
  v.object({
    outcome: v.picklist([
      'forbidden',
      'text_missing',
      'text_too_long',
      'bad_phone',
      'bad_name',
      'bad_locale',
      'unknown_member',
    ]),
  }),
]);
const setCaseStateSchema = v.object({
  outcome: v.picklist(['saved', 'bad_state', 'bad_note', 'unknown_case', 'forbidden']),
});

/** A complaint that came by another way than a tablet: of a member, or of who left a name or a number (`phone` in E.164). */
export type NewCase = {
  text: string;
  locale: Locale;
  member?: string;
  phone: string | null;
  firstName: string | null;
};

/** Which of the cases of a state; what is left out is not asked. */
export type OnlyCases = { location?: string; cause?: CaseCause; mine?: boolean; overdue?: boolean };

/** Complaints, and what was done about them. */
export const caseCalls = (client: OwnerClient) => ({
  /** which: 'waiting' is open or contacted; pageSize: at most 200; after: `next` of the page before. */
  reportCases: (
    org: string,
    which: 'waiting' | CaseState,
    pageSize: number,
    after?: string,
    { location, cause, mine, overdue }: OnlyCases = {},
  ) =>
    readReply(
      reportCasesSchema,
      client.rpc('report_cases', {
        org,
        state: which,
        page: pageSize,
        ...(after && { after }),
        ...(location && { location }),
        ...(cause && { cause }),
        ...(mine && { only_mine: true }),
        ...(overdue && { only_overdue: true }),
      }),
    ),
  reportCase: (org: string, id: string) =>
    readReply(reportCaseSchema, client.rpc('report_case', { org, id })),
  openCase: (org: string, { text, locale, member, phone, firstName }: NewCase) =>
    readReply(
      openCaseSchema,
      client.rpc('open_case', {
        org,
        text,
        locale,
        ...(member !== undefined && { member }),
        ...(phone !== null && { phone }),
        ...(firstName !== null && { first_name: firstName }),
      }),
    ),
  setCaseState: (org: string, id: string, to: CaseState, note: string) =>
    readReply(setCaseStateSchema, client.rpc('set_case_state', { org, id, state: to, note })),
});
