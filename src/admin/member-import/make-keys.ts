import type { Failure } from '../../backend/failure';
import type { OwnerCalls } from '../../backend/owner-calls';
import { directoryKey } from '../../device/directory-key';
import { again } from '../again';
import type { Sending } from '../send-records';

export type KeysRun = Pick<Sending, 'signal' | 'wait'> & {
  calls: Pick<OwnerCalls, 'reportKeylessMembers' | 'keepDirectoryKeys'>;
  organization: string;
  /** `directory` of importSalts. */
  salt: string;
  /** How many are made and how many are still missing. */
  onProgress?: (progress: { made: number; left: number }) => void;
};

export type KeysEnd =
  | { end: 'finished' | 'cancelled'; made: number }
  /** `failure` is null when the server answered but would not take them. Running again goes on. */
  | { end: 'failed'; made: number; failure: Failure | null };

/** A few seconds of work: what is lost when the page is closed. */
const PAGE = 100;

/**
 * Makes the directory keys that imported members lack, so that tablets know them without the network. A key takes some
 * 50 ms of a processor on purpose; the browser works on as many at once as it has processors, beside the page's own thread.
 */
export async function makeKeys({
  calls,
  organization,
  salt,
  onProgress,
  signal,
  wait,
}: KeysRun): Promise<KeysEnd> {
  let made = 0;
  let keptNothing = false;
  for (;;) {
    if (signal?.aborted) return { end: 'cancelled', made };
    const asked = await again(() => calls.reportKeylessMembers(organization, PAGE), wait);
    if (!asked.ok) return { end: 'failed', made, failure: asked.failure };
    if (asked.value.outcome !== 'ok') return { end: 'failed', made, failure: null };
    const { members, total } = asked.value;
    onProgress?.({ made, left: total });
    if (members.length === 0) return { end: 'finished', made };
    const keys = await Promise.all(
      members.map(async ({ member, phone }) => ({ member, key: await directoryKey(phone, salt) })),
    );
    const kept = await again(() => calls.keepDirectoryKeys(organization, JSON.stringify(keys)), wait);
    if (!kept.ok) return { end: 'failed', made, failure: kept.failure };
    if (kept.value.outcome !== 'saved') return { end: 'failed', made, failure: null };
    // Another page may have been quicker; twice in a row would go on for ever.
    if (kept.value.kept === 0 && keptNothing) return { end: 'failed', made, failure: null };
    keptNothing = kept.value.kept === 0;
    made += kept.value.kept;
  }
}
