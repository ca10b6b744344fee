/** Crockford's base 32: no I, L, O and U, which are read as something else (https://www.crockford.com/base32.html). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * What a member tells a friend: the last 40 bits of an id of theirs, which are random in every UUID that a tablet makes,
 * as eight characters. So a tablet can tell it without the network, and the server can find it.
 */
export function referralCode(id: string): string {
  const bits = BigInt(`0x${id.slice(-10)}`);
  return Array.from(
    { length: 8 },
    (_, place) => ALPHABET[Number((bits >> BigInt(35 - 5 * place)) & 31n)],
  ).join('');
}

/** What somebody typed as a code: case, spaces and dashes do not matter, and O, I, L are read as 0, 1, 1. Null when it is none. */
export function readReferralCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : null;
}
