import * as v from 'valibot';
import { CASE_STATES, type CaseState } from '../../domain/case';
import { LOCALES, type Locale } from '../../domain/locale';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';
import { sessionAnswersSchema } from './session-answers';

const state = v.picklist(CASE_STATES);

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
  /** Null once the member was erased. */
  text: v.nullable(v.string()),
  member: v.nullable(uuidSchema),
  first_name: v.nullable(v.string()),
  phone: v.nullable(v.string()),
};

const reportCasesSchema = v.object({
  cases: v.array(v.object(caseEntries)),
  /** What to ask the next page with; null after the last. */
  next: v.nullable(v.string()),
  /** How many are of the state asked for. */
  total: count,
  /** How many are not resolved, and how many of those nobody has answered in time. */
  waiting: count,
  overdue: count,
});
/** One page of cases: of those that wait the one due first, of the resolved ones the one due last. */
export type ReportCases = v.InferOutput<typeof reportCasesSchema>;
export type CaseRow = ReportCases['cases'][number];

const reportCaseSchema = v.nullable(
  v.object({
    ...caseEntries,
    /** What was done, the first first. */
    events: v.array(v.object({ at: v.string(), state, note: v.nullable(v.string()), by: v.string() })),
    /** What the customer had answered at the kiosk. */
    answers: sessionAnswersSchema,
  }),
);
export type ReportCase = NonNullable<v.InferOutput<typeof reportCaseSchema>>;

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

/** A complaint that came by another way than a tablet. `phone` in E.164. */
export type NewCase = { text: string; locale: Locale; phone: string | null; firstName: string | null };

/** Complaints, and what was done about them. */
export const caseCalls = (client: OwnerClient) => ({
  /** which: 'waiting' is open or contacted; pageSize: at most 200; after: `next` of the page before. */
  reportCases: (org: string, which: 'waiting' | CaseState, pageSize: number, after?: string) =>
    readReply(
      reportCasesSchema,
      client.rpc('report_cases', { org, state: which, page: pageSize, ...(after && { after }) }),
    ),
  reportCase: (org: string, id: string) =>
    readReply(reportCaseSchema, client.rpc('report_case', { org, id })),
  openCase: (org: string, { text, locale, phone, firstName }: NewCase) =>
    readReply(
      openCaseSchema,
      client.rpc('open_case', {
        org,
        text,
        locale,
        ...(phone !== null && { phone }),
        ...(firstName !== null && { first_name: firstName }),
      }),
    ),
  setCaseState: (org: string, id: string, to: CaseState, note: string) =>
    readReply(setCaseStateSchema, client.rpc('set_case_state', { org, id, state: to, note })),
});
