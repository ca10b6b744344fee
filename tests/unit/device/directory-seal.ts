import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { KnownMember } from '../../../src/domain/member';

/*
 * What the server makes of a member, written anew with Node's own cryptography from the description and from none of the
 * code under test.
 */

export const SALT = '5a'.repeat(32);

export function keyOf(phone: string, salt = SALT, rounds = 100_000): Buffer {
  return pbkdf2Sync(phone, Buffer.from(salt, 'hex'), rounds, 32, 'sha256');
}

export function lookupOf(key: Buffer): string {
  return mac(key, 'verna.directory.lookup').subarray(0, 16).toString('hex');
}

export function sealed(key: Buffer, member: KnownMember | string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', mac(key, 'verna.directory.cipher'), iv);
  const text = typeof member === 'string' ? member : JSON.stringify(member);
  const data = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]);
  const code = mac(mac(key, 'verna.directory.mac'), data).subarray(0, 16);
  return Buffer.concat([data, code]).toString('base64');
}

/** An entry as a page of pull_members has it. */
export function entry(phone: string, member: KnownMember, salt = SALT) {
  const key = keyOf(phone, salt);
  return { lookup: lookupOf(key), sealed: sealed(key, member) };
}

function mac(key: Buffer, message: string | Buffer): Buffer {
  return createHmac('sha256', key).update(message).digest();
}
