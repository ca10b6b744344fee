import { uuidSchema } from './record';
import * as v from 'valibot';

const SCHEME = 'verna:member:';
/** Base 64 as URLs take it (RFC 4648, section 5). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Who shows a code: an id of the member, and what opens their entry in a tablet's directory, 32 bytes in hex, if told. */
export type CodedMember = { member: string; directoryKey: string | null };

/** What a member's QR code says. The key opens their entry and no other; their number is not in it. */
export function memberCode({ member, directoryKey }: CodedMember): string {
  return SCHEME + member + (directoryKey === null ? '' : `:${base64url(directoryKey)}`);
}

/** Null for a code that is no member's. */
export function readMemberCode(text: string): CodedMember | null {
  if (!text.startsWith(SCHEME)) return null;
  const [member = '', key] = text.slice(SCHEME.length).split(':');
  if (!v.is(uuidSchema, member)) return null;
  if (key === undefined) return { member, directoryKey: null };
  return /^[\w-]{43}$/.test(key) ? { member, directoryKey: hexOf(key) } : null;
}

/** Three digits of hex are two of base 64. The last of 64 digits stands alone and fills up with zeros. */
function base64url(hex: string): string {
  return hex.replaceAll(/.{1,3}/g, (digits) => {
    const bits = parseInt(digits.padEnd(3, '0'), 16);
    return (ALPHABET[bits >> 6]! + ALPHABET[bits & 63]!).slice(0, digits.length === 3 ? 2 : 1);
  });
}

function hexOf(key: string): string {
  return key
    .replaceAll(/.{1,2}/g, (pair) => {
      const [high, low = 0] = Array.from(pair, (digit) => ALPHABET.indexOf(digit));
      return ((high! << 6) | low).toString(16).padStart(3, '0');
    })
    .slice(0, 64);
}
