import type { SignInProblem } from '../backend/owner-session';
import {
  admin_problem_bad_email,
  admin_problem_confirm_email,
  admin_problem_email_taken,
  admin_problem_too_many_tries,
  admin_problem_unknown,
  admin_problem_unreachable,
  admin_problem_weak_password,
  admin_problem_wrong_credentials,
} from '../i18n/paraglide/messages';

const WORDS = {
  wrong_credentials: admin_problem_wrong_credentials,
  email_taken: admin_problem_email_taken,
  weak_password: admin_problem_weak_password,
  bad_email: admin_problem_bad_email,
  confirm_email: admin_problem_confirm_email,
  too_many_tries: admin_problem_too_many_tries,
  unreachable: admin_problem_unreachable,
  unknown: admin_problem_unknown,
} satisfies Record<SignInProblem, () => string>;

/** Why signing in or up did not work and what to do, as one or two sentences. */
export const signInWords = (problem: SignInProblem): string => WORDS[problem]();
