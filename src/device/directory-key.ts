import * as v from 'valibot';
import { DIRECTORY_BYTES, DIRECTORY_LABELS, DIRECTORY_ROUNDS } from '../domain/directory';
import { knownMemberSchema, type KnownMember } from '../domain/member';
import { bytesOfHex } from './bytes';
import { pbkdf2 } from './pbkdf2';

/*
 * The lock on a member's entry in the tablet's directory: who types the number opens it, and who tries numbers pays for
 * each. Encrypted, then authenticated, because Postgres seals the entries and its pgcrypto has no AES-GCM.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** What a number's entry is locked with, 32 bytes in hex. `phone` is in E.164, `salt` the shop's, in hex. */
export function directoryKey(phone: string, salt: string): Promise<string> {
  return pbkdf2(phone, salt, DIRECTORY_ROUNDS);
}

/** Under which name the directory keeps the entry. */
export async function lookupOf(key: string): Promise<Bytes> {
  return (await hmac(bytesOfHex(key), bytesOf(DIRECTORY_LABELS.lookup))).slice(0, DIRECTORY_BYTES.lookup);
}

/** Null when entry and key do not belong together, or what was sealed is no member. */
export async function openEntry(keyHex: string, sealed: Bytes): Promise<KnownMember | null> {
  const key = bytesOfHex(keyHex);
  const authenticated = sealed.slice(0, -DIRECTORY_BYTES.mac);
  const macKey = await hmac(key, bytesOf(DIRECTORY_LABELS.mac));
  const mac = (await hmac(macKey, authenticated)).slice(0, DIRECTORY_BYTES.mac);
  if (!isSame(mac, sealed.slice(-DIRECTORY_BYTES.mac))) return null;
  const member = v.safeParse(knownMemberSchema, JSON.parse(await decrypt(key, authenticated)));
  return member.success ? member.output : null;
}

async function decrypt(key: Bytes, ivAndData: Bytes): Promise<string> {
  const raw = await hmac(key, bytesOf(DIRECTORY_LABELS.cipher));
  const cipherKey = await crypto.subtle.importKey('raw', raw, 'AES-CBC', false, ['decrypt']);
  const text = await crypto.subtle.decrypt(
    { name: 'AES-CBC', iv: ivAndData.slice(0, DIRECTORY_BYTES.iv) },
    cipherKey,
    ivAndData.slice(DIRECTORY_BYTES.iv),
  );
  return new TextDecoder().decode(text);
}

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);

/** Whoever could time this reads the entry from the same disk: it need not take the same time for all. */
const isSame = (one: Bytes, other: Bytes): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
