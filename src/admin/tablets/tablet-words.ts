import {
  admin_state_acknowledged,
  admin_state_clone,
  admin_state_complete,
  admin_state_gone,
  admin_state_gone_empty,
  admin_state_import,
  admin_state_lost,
  admin_state_missing,
  admin_state_never_paired,
  admin_state_quarantined,
  admin_state_revoked,
  admin_state_waiting,
} from '../../i18n/paraglide/messages';
import { countWords } from '../format';
import { silenceWords } from './silence-words';
import type { TabletState } from './tablet-state';

export type StateWords = { tone: 'good' | 'waiting' | 'attention'; words: string };

/** What there is to say of a tablet, and whether a person is needed. */
export function stateWords(state: TabletState): StateWords {
  switch (state.kind) {
    case 'import':
      return { tone: 'good', words: admin_state_import() };
    case 'never-paired':
      return { tone: 'waiting', words: admin_state_never_paired() };
    case 'revoked':
      return { tone: 'waiting', words: admin_state_revoked() };
    case 'clone-suspected':
      return { tone: 'attention', words: admin_state_clone() };
    case 'gone':
      return state.count === 0
        ? { tone: 'waiting', words: admin_state_gone_empty() }
        : { tone: 'attention', words: admin_state_gone({ count: state.count, n: countWords(state.count) }) };
    case 'lost':
      return {
        tone: 'attention',
        words: admin_state_lost({ count: state.count, n: countWords(state.count) }),
      };
    case 'silent':
      return {
        tone: 'attention',
        words: silenceWords(state.silence),
      };
    case 'quarantined':
      return {
        tone: 'attention',
        words: admin_state_quarantined({ count: state.count, n: countWords(state.count) }),
      };
    case 'missing':
      return {
        tone: 'attention',
        words: admin_state_missing({ count: state.count, n: countWords(state.count) }),
      };
    case 'waiting':
      return {
        tone: 'waiting',
        words: admin_state_waiting({ count: state.count, n: countWords(state.count) }),
      };
    case 'acknowledged':
      return {
        tone: 'good',
        words: admin_state_acknowledged({ count: state.count, n: countWords(state.count) }),
      };
    case 'complete':
      return { tone: 'good', words: admin_state_complete() };
  }
}
