/** Lower-case hex, two digits a byte. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 of a text's UTF-8 bytes in lower-case hex. Needs a secure context, as crypto.subtle does. */
export async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

/** 256 random bits in hex: a pairing's secret. */
export function randomSecret(): string {
  return hex(crypto.getRandomValues(new Uint8Array(32)));
}
