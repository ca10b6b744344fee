import type { SyncStatus } from '../domain/sync';
import {
  sync_last_sent,
  sync_offline,
  sync_online,
  sync_paused,
  sync_quarantined,
  sync_waiting,
} from './paraglide/messages';
import { timeWords } from './time-words';

export type SyncWords = { tone: 'good' | 'waiting' | 'attention'; words: string };

/**
 * A tablet's queue in one quiet line for staff, such as "Offline · 12 waiting · last sent 14:05".
 * `now` is wall-clock ms; reading it inside a template follows the language.
 */
export function syncWords(status: SyncStatus, now: number): SyncWords {
  const { connection, waiting, quarantined, lastSentAt } = status;
  const parts = [{ online: sync_online, offline: sync_offline, paused: sync_paused }[connection]()];
  if (waiting > 0) parts.push(sync_waiting({ count: waiting }));
  if (quarantined > 0) parts.push(sync_quarantined({ count: quarantined }));
  if (lastSentAt !== null && (connection === 'offline' || waiting > 0)) {
    parts.push(sync_last_sent({ time: timeWords(lastSentAt, now) }));
  }
  const needsPerson = connection === 'paused' || quarantined > 0;
  return {
    tone: needsPerson ? 'attention' : connection === 'offline' || waiting > 0 ? 'waiting' : 'good',
    words: parts.join(' · '),
  };
}
