/** Encodings a spreadsheet of this part of the world may save in. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * Which encoding a file is in: by its byte order mark; else UTF-8 if every byte fits, which other encodings do by chance
 * hardly ever; else one of the two Windows code pages. Cyrillic words are runs of bytes from C0 up, while in western text
 * an accented letter mostly stands alone.
 */
export function guessEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return looksCyrillic(bytes) ? 'windows-1251' : 'windows-1252';
  }
}

function looksCyrillic(bytes: Uint8Array): boolean {
  let letters = 0;
  let inRuns = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index]! < 0xc0) continue;
    letters += 1;
    if ((bytes[index - 1] ?? 0) >= 0xc0 || (bytes[index + 1] ?? 0) >= 0xc0) inRuns += 1;
  }
  return inRuns > letters / 2;
}

/** The text without its byte order mark; bytes that make no sense become U+FFFD, which the report counts. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes);
}
