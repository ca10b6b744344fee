export type TextPart = { text: string; isHit: boolean };

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** A text cut where words begin and end that a search found. `hits` are written as the server folds them. */
export function hitParts(text: string, hits: readonly string[]): TextPart[] {
  const found = new Set(hits);
  const parts: TextPart[] = [];
  let done = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!found.has(folded(word))) continue;
    if (index > done) parts.push({ text: text.slice(done, index), isHit: false });
    parts.push({ text: word, isHit: true });
    done = index + word.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done), isHit: false });
  return parts;
}

/** As private.plain_letters and private.words_of of the database write a word. */
const folded = (word: string): string =>
  word.normalize('NFC').toLowerCase().replaceAll('ё', 'е').replaceAll('ѝ', 'и').slice(0, 64);
