import type { Result } from '../../backend/failure';
import type { MarkOutcome } from '../../backend/owner-calls/comments';
import {
  admin_comments_bad_mark,
  admin_comments_forbidden,
  admin_comments_gone,
  admin_comments_too_many_tags,
} from '../../i18n/paraglide/messages';
import { failureWords } from '../failure-words';

const REFUSALS = {
  bad_mark: admin_comments_bad_mark,
  too_many_tags: admin_comments_too_many_tags,
  unknown_comment: admin_comments_gone,
  forbidden: admin_comments_forbidden,
};

/** Why a mark was not put on or taken off; null when it was. */
export function markRefusalWords(result: Result<MarkOutcome>): string | null {
  if (!result.ok) return failureWords(result.failure);
  return result.value.outcome === 'saved' ? null : REFUSALS[result.value.outcome]();
}
