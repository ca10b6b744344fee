import type { Failure } from '../../backend/failure';
import type { OwnerCalls } from '../../backend/owner-calls';
import {
  LARGEST_RESCUE_BYTES,
  parseRescuedRecords,
  parseRescueFile,
  type RescuedRecord,
  type RescueHead,
  type RescueProblem,
} from '../../domain/rescue-file';

/** Makes the shop's key pair where there is none, so that tablets can seal their files before anybody needs one. */
export async function ensureRescueKeys(
  calls: Pick<OwnerCalls, 'rescueKeys' | 'createRescueKey'>,
  organization: string,
): Promise<void> {
  const known = await calls.rescueKeys(organization);
  if (!known.ok || known.value.length > 0) return;
  const { makeRescueKeys } = await import('../../device/rescue-key');
  const { publicKey, privateKey } = await makeRescueKeys();
  // Another browser of the shop may have been first, and analysts may not: either way there is nothing to do.
  await calls.createRescueKey(organization, publicKey, privateKey);
}

export type OpenedRescue =
  | { ok: true; head: RescueHead; records: RescuedRecord[] }
  | { ok: false; problem: RescueProblem | 'not_yours' }
  | { ok: false; problem: 'failed'; failure: Failure };

/**
 * Reads a rescue file, and opens it with the shop's private key when it is sealed. `not_yours`: whoever is signed in may not
 * read the key.
 */
export async function openRescueFile(
  file: Blob,
  calls: Pick<OwnerCalls, 'rescueKeys'>,
  organization: string,
): Promise<OpenedRescue> {
  if (file.size > LARGEST_RESCUE_BYTES) return { ok: false, problem: 'too_large' };
  const parsed = parseRescueFile(await file.text(), organization);
  if (typeof parsed === 'string') return { ok: false, problem: parsed };
  const { head } = parsed;
  if (parsed.kind === 'plain') return { ok: true, head, records: parsed.records };

  const keys = await calls.rescueKeys(organization);
  if (!keys.ok) return { ok: false, problem: 'failed', failure: keys.failure };
  const [key] = keys.value;
  if (!key) return { ok: false, problem: 'not_yours' };
  const { openSealed } = await import('../../device/rescue-key');
  const text = await openSealed(key.private_key, head, parsed.sealed).catch(() => null);
  const records = text === null ? null : parseRescuedRecords(head, text);
  return records ? { ok: true, head, records } : { ok: false, problem: 'damaged' };
}
