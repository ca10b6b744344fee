import type { FoundComment } from '../../backend/owner-calls/comments';
import { admin_nps_score } from '../../i18n/paraglide/messages';
import { scoreWords } from '../scores/score-words';

/** What the session scored, in words. */
export const scoreWordsOf = ({ type, score }: NonNullable<FoundComment['score']>): string =>
  type === 'nps' ? admin_nps_score({ score }) : scoreWords(type, score);
