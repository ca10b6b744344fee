import type { HashedPin } from '../backend/owner-calls/staff';
import { isGuessable, PIN_MAX_DIGITS, PIN_ROUNDS } from '../domain/pin';
import { pbkdf2 } from './pbkdf2';
import { hex } from './secrets';

const SALT_BYTES = 16;

/**
 * PBKDF2 with HMAC-SHA-256 over a PIN's digits, 256 bits in hex; salt is hex too. The browser counts the rounds off the
 * page's own thread: about 0.3 to 1 s on a tablet. Needs a secure context, as crypto.subtle does.
 */
export function hashPin(pin: string, salt: string, rounds = PIN_ROUNDS): Promise<string> {
  return pbkdf2(pin, salt, rounds);
}

/** A PIN as the server and the tablets keep it, under a salt of its own. */
export async function saltAndHash(pin: string): Promise<HashedPin> {
  const salt = hex(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  return { salt, hash: await hashPin(pin, salt) };
}

/** A PIN of the longest kind that nobody would try first, every other equally likely. */
export function randomPin(): string {
  const count = 10 ** PIN_MAX_DIGITS;
  const fair = 2 ** 32 - (2 ** 32 % count);
  for (;;) {
    const [number = fair] = crypto.getRandomValues(new Uint32Array(1));
    const pin = String(number % count).padStart(PIN_MAX_DIGITS, '0');
    if (number < fair && !isGuessable(pin)) return pin;
  }
}
