import type { Failure } from '../backend/failure';
import {
  admin_failure_bad_reply,
  admin_failure_busy,
  admin_failure_forbidden,
  admin_failure_function_missing,
  admin_failure_rejected,
  admin_failure_timeout,
  admin_failure_unreachable,
} from '../i18n/paraglide/messages';

const WORDS = {
  unreachable: admin_failure_unreachable,
  timeout: admin_failure_timeout,
  busy: admin_failure_busy,
  forbidden: admin_failure_forbidden,
  function_missing: admin_failure_function_missing,
  too_large: admin_failure_rejected,
  rejected: admin_failure_rejected,
  bad_reply: admin_failure_bad_reply,
} satisfies Record<Failure['code'], () => string>;

/** What went wrong, as one sentence. */
export const failureWords = ({ code }: Failure): string => WORDS[code]();
