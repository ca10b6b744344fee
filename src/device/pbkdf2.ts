import { bytesOfHex } from './bytes';
import { hex } from './secrets';

/** PBKDF2 with HMAC-SHA-256 over a text's UTF-8 bytes, 256 bits in hex; the salt is hex too. Off the page's own thread. */
export async function pbkdf2(text: string, salt: string, rounds: number): Promise<string> {
  const encoded = new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey('raw', encoded, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOfHex(salt), iterations: rounds };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256)));
}
