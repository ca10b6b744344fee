import type { Failure, Result } from '../../backend/failure';
import type { Alert } from '../../backend/owner-calls/alerts';
import type { CaseTimes } from '../../backend/owner-calls/case-work';
import type { ReportCases } from '../../backend/owner-calls/cases';
import type { FoundComment } from '../../backend/owner-calls/comments';
import type { ReportChanges } from '../../backend/owner-calls/comparing';
import type { Improvement } from '../../backend/owner-calls/improvements';
import type { ReportAnswers } from '../../backend/owner-calls/scores';
import type { Dates } from '../scores/period';
import type { Shop } from '../shop.svelte';

export type WeekReport = {
  dates: Dates;
  changes: ReportChanges;
  answers: ReportAnswers;
  /** Cases told in the week; null where they are not the reader's to see. */
  told: CaseTimes | null;
  /** Cases that wait now, those due first. */
  waiting: ReportCases;
  /** Opened in the week. */
  alerts: readonly Alert[];
  improvements: readonly Improvement[];
  comments: readonly FoundComment[];
};

export type ReportView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; report: WeekReport };

/** As many as the server gives at once; what a shop has more of in a week is told on pages of its own. */
const MOST = 200;
/** As many comments as fit beside the rest. */
const COMMENTS = 4;

/** A week as it is printed: everything asked for at once, and kept until the next is here. */
export class ReportData {
  view = $state.raw<ReportView>({ status: 'loading' });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async show(dates: Dates): Promise<void> {
    const request = ++this.#request;
    const { calls, organization } = this.#shop;
    const org = organization.id;
    const { from, to } = dates;
    const [changes, answers, told, waiting, alerts, improvements, starred, newest] = await Promise.all([
      calls.reportChanges(org, from, to),
      calls.reportAnswers(org, { from, to, location: null, tablet: null }),
      calls.reportCaseTimes(org, from, to, null),
      calls.reportCases(org, 'waiting', MOST),
      calls.reportAlerts(org, MOST),
      calls.improvements(org),
      calls.searchComments(org, { from, to, flagged: false, starred: true }, COMMENTS),
      calls.searchComments(org, { from, to, flagged: false }, COMMENTS),
    ]);
    // Another week was asked for meanwhile.
    if (request !== this.#request) return;
    if (
      !changes.ok ||
      !answers.ok ||
      !told.ok ||
      !waiting.ok ||
      !alerts.ok ||
      !improvements.ok ||
      !starred.ok ||
      !newest.ok
    ) {
      const results: Result<unknown>[] = [
        changes,
        answers,
        told,
        waiting,
        alerts,
        improvements,
        starred,
        newest,
      ];
      const failed = results.find((result) => !result.ok);
      const isSame = this.view.status === 'ready' && this.view.report.dates.from === from;
      if (failed && !failed.ok && !isSame) this.view = { status: 'failed', failure: failed.failure };
      return;
    }
    this.view = {
      status: 'ready',
      report: {
        dates,
        changes: changes.value,
        answers: answers.value,
        told: told.value.outcome === 'ok' ? told.value : null,
        waiting: waiting.value,
        alerts: alerts.value.alerts.filter(({ opened_at }) => isWithin(opened_at, dates)),
        improvements: improvements.value,
        comments: chosen(starred.value.comments, newest.value.comments),
      },
    };
  }
}

/** In this device's days, as the page shows the moment. */
function isWithin(moment: string, { from, to }: Dates): boolean {
  const at = new Date(moment);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return from <= day && day <= to;
}

/** What the shop has starred comes first. */
const chosen = (starred: readonly FoundComment[], newest: readonly FoundComment[]): FoundComment[] =>
  [...new Map([...starred, ...newest].map((comment) => [comment.id, comment])).values()].slice(0, COMMENTS);
