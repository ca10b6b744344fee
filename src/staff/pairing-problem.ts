import type { Result } from '../backend/failure';
import type { PairReply } from '../backend/tablet-calls';
import {
  staff_problem_expired_code,
  staff_problem_server,
  staff_problem_throttled,
  staff_problem_unknown_code,
  staff_problem_unreachable,
  staff_problem_used_code,
} from '../i18n/paraglide/messages';

/** What to tell the person who typed a pairing code, or null when it worked. */
export function pairingProblem(result: Result<PairReply>): string | null {
  if (!result.ok) {
    const noAnswer = result.failure.code === 'unreachable' || result.failure.code === 'timeout';
    return noAnswer ? staff_problem_unreachable() : staff_problem_server();
  }
  const reply = result.value;
  switch (reply.outcome) {
    case 'paired':
      return null;
    case 'expired_code':
      return staff_problem_expired_code();
    case 'used_code':
      return staff_problem_used_code();
    case 'throttled':
      return staff_problem_throttled({ count: Math.max(1, Math.ceil(reply.retry_after_s / 60)) });
    case 'unknown_code':
    case 'malformed':
      return staff_problem_unknown_code();
  }
}
