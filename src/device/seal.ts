import type { RecordDraft } from '../domain/record';
import type { DatabaseHandle, SealedBody, StoredDraft } from './database';

const ALGORITHM = { name: 'AES-GCM', length: 256 };

/*
 * What a person wrote waits on the tablet encrypted, under a key that the browser keeps and hands to nobody, not even to
 * us: a copy of the profile folder does not give the words away to whoever has no such browser running on it. The
 * record's id is bound to its text, so that one cannot be put in another's place.
 */

/** The hash stays away too: a telephone number has so few digits that its hash gives it away. It is made anew in opened(). */
export async function sealDraft(database: DatabaseHandle, draft: RecordDraft): Promise<StoredDraft> {
  return { ...draft, sha256: '', body: await seal(database, draft.id, draft.body) };
}

export async function seal(database: DatabaseHandle, id: string, text: string): Promise<SealedBody> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: ALGORITHM.name, iv, additionalData: bytesOf(id) },
    await keyOf(database),
    bytesOf(text),
  );
  return { iv, data };
}

/** Rejects with an OperationError when text, id and key do not belong together. */
export async function unseal(database: DatabaseHandle, id: string, sealed: SealedBody): Promise<string> {
  return (await unsealer(database))(id, sealed);
}

/** For many at once: the key is read from the disk no more than once. */
export async function unsealer(
  database: DatabaseHandle,
): Promise<(id: string, sealed: SealedBody) => Promise<string>> {
  const key = await keyOf(database);
  return async (id, { iv, data }) => {
    const algorithm = { name: ALGORITHM.name, iv, additionalData: bytesOf(id) };
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, data));
  };
}

/** Made once and on the disk before anything is sealed with it. Two tabs that make one at once agree on the first. */
async function keyOf(database: DatabaseHandle): Promise<CryptoKey> {
  const known = await database.run((connection) => connection.get('state', 'key'));
  if (known) return known as CryptoKey;
  const made = await crypto.subtle.generateKey(ALGORITHM, false, ['encrypt', 'decrypt']);
  return database.run(async (connection) => {
    const tx = connection.transaction('state', 'readwrite', { durability: 'strict' });
    const first = (await tx.store.get('key')) as CryptoKey | undefined;
    if (!first) await tx.store.put(made, 'key');
    await tx.done;
    return first ?? made;
  });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
