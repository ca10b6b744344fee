import type { CaseEvent } from '../../backend/owner-calls/cases';
import {
  admin_case_did_assign,
  admin_case_did_unassign,
  admin_case_promise_broken,
  admin_case_promise_due,
  admin_case_promise_kept,
  admin_case_rerated,
} from '../../i18n/paraglide/messages';
import { dateWords } from '../format';
import { causeWords, scoreWords, stateWords, wouldReturnWords } from './case-words';

/** What was done, in a line; the words somebody wrote to it stand by themselves. */
export function eventWords(event: CaseEvent): string {
  const parts = [mainWords(event)];
  if (event.cause !== null) parts.push(causeWords(event.cause));
  if (event.would_return !== null && event.would_return !== 'unknown')
    parts.push(wouldReturnWords(event.would_return));
  return parts.join(' · ');
}

function mainWords(event: CaseEvent): string {
  switch (event.what) {
    case 'state':
      return stateWords(event.state);
    case 'assignee':
      return event.assignee === null
        ? admin_case_did_unassign()
        : admin_case_did_assign({ name: event.assignee });
    case 'promise':
      return admin_case_promise_due({ day: dateWords(Date.parse(event.promise_due_at ?? event.at)) });
    case 'kept':
      return event.promise_kept ? admin_case_promise_kept() : admin_case_promise_broken();
    case 'rerating':
      return admin_case_rerated({ score: scoreWords(event.rerating ?? 0) });
  }
}
