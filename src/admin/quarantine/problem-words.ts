import {
  admin_rescue_damaged,
  admin_rescue_newer,
  admin_rescue_not_rescue,
  admin_rescue_not_yours,
  admin_rescue_other_shop,
  admin_rescue_too_large,
} from '../../i18n/paraglide/messages';
import { failureWords } from '../failure-words';
import type { OpenedRescue } from './rescue-keys';

type Problem = Extract<OpenedRescue, { ok: false }>;

const WORDS = {
  not_rescue: admin_rescue_not_rescue,
  newer: admin_rescue_newer,
  damaged: admin_rescue_damaged,
  other_shop: admin_rescue_other_shop,
  too_large: admin_rescue_too_large,
  not_yours: admin_rescue_not_yours,
} satisfies Record<Exclude<Problem['problem'], 'failed'>, () => string>;

/** Why a file could not be opened. */
export const problemWords = (problem: Problem): string =>
  problem.problem === 'failed' ? failureWords(problem.failure) : WORDS[problem.problem]();
