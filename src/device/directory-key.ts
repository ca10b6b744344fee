import { DIRECTORY_ROUNDS } from '../domain/directory';
import { hashPin } from './pin-hash';

/** What the directory's entry of a number is locked with, 32 bytes in hex. The phone is E.164, the salt is hex. */
export function directoryKey(phone: string, salt: string): Promise<string> {
  return hashPin(phone, salt, DIRECTORY_ROUNDS);
}
