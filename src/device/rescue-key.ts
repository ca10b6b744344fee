import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { RescueHead, Sealed } from '../domain/rescue-file';
import { bytesOfBase64 } from './bytes';

/*
 * Both ends of the lock on a rescue file: HPKE in its base mode (RFC 9180) over the browser's own cryptography. A tablet
 * knows the public key only, so nobody reads the file on its way from the tablet to the owner, staff included.
 */

/** Both keys in base64, as RFC 9180 serializes them: 65 and 32 bytes. */
export type RescueKeys = { publicKey: string; privateKey: string };

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

const INFO = bytesOf('verna-rescue 1');

export async function makeRescueKeys(): Promise<RescueKeys> {
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: toBase64(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: toBase64(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

/** Seals a text to the shop. Rejects when publicKey is no key. */
export async function sealToShop(publicKey: string, head: RescueHead, text: string): Promise<Sealed> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytesOfBase64(publicKey));
  const { enc, ct } = await suite.seal(
    { recipientPublicKey, info: INFO },
    bytesOf(text),
    authenticated(head),
  );
  return { enc: toBase64(enc), data: toBase64(ct) };
}

/** Rejects when text, head and key do not belong together. */
export async function openSealed(privateKey: string, head: RescueHead, sealed: Sealed): Promise<string> {
  const recipientKey = await suite.kem.deserializePrivateKey(bytesOfBase64(privateKey));
  const params = { recipientKey, enc: bytesOfBase64(sealed.enc), info: INFO };
  return new TextDecoder().decode(await suite.open(params, bytesOfBase64(sealed.data), authenticated(head)));
}

/** Nobody may give a sealed file another head: it says whose the records are and how many. */
function authenticated(head: RescueHead): Uint8Array<ArrayBuffer> {
  return bytesOf(JSON.stringify([head.v, head.organization, head.exported_at, head.app_version, head.count]));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** In pieces, because a function takes only so many arguments. */
function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}
