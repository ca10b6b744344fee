const LENGTH = 8;
const HALF = 4;

/** A code as it stands in the field, and where its caret belongs. */
export type TypedCode = { text: string; caret: number };

/**
 * Codes read 'XXXX-XXXX'; whatever is typed or pasted ends up so: upper case, letters and digits only, the hyphen set by
 * itself. The caret (an index into the text, as in the field) stays behind the character it was behind.
 */
export function formatCode({ text, caret }: TypedCode): TypedCode {
  const characters = significant(text).slice(0, LENGTH);
  const before = Math.min(significant(text.slice(0, caret)).length, LENGTH);
  return {
    text: characters.length > HALF ? `${characters.slice(0, HALF)}-${characters.slice(HALF)}` : characters,
    caret: before > HALF ? before + 1 : before,
  };
}

export function isComplete(text: string): boolean {
  return significant(text).length === LENGTH;
}

function significant(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '');
}
