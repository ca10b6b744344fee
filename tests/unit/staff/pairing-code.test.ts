import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCode, isComplete } from '../../../src/staff/pairing-code';

/** '|' is the caret. */
function typed(marked: string): string {
  const { text, caret } = formatCode({ text: marked.replace('|', ''), caret: marked.indexOf('|') });
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

describe('a pairing code as it is typed', () => {
  it.each([
    ['w|', 'W|'],
    ['w6pq|', 'W6PQ|'],
    ['W6PQb|', 'W6PQ-B|'],
    ['w6pqbhd0|', 'W6PQ-BHD0|'],
    [' w6pq — bhd0\n|', 'W6PQ-BHD0|'],
    ['W6PQ-BHD0X|', 'W6PQ-BHD0|'],
    ['ш№ W6|', 'W6|'],
  ])('%j becomes %j', (before, after) => {
    expect(typed(before)).toBe(after);
  });

  it('keeps the caret where a character was put in or taken out', () => {
    expect(typed('WX|6PQ-BH')).toBe('WX|6P-QBH');
    expect(typed('W|PQ-BHD0')).toBe('W|PQB-HD0');
    // The hyphen was deleted: it comes back, and the next deletion takes the letter before it.
    expect(typed('W6PQ|BHD0')).toBe('W6PQ|-BHD0');
  });

  it('is complete with eight letters and digits, however they are set', () => {
    expect(['W6PQ-BHD0', 'w6pqbhd0'].map(isComplete)).toEqual([true, true]);
    expect(['', 'W6PQ-BHD', 'W6PQ-BHD01'].map(isComplete)).toEqual([false, false, false]);
  });

  it('is always its own formatting, with the caret inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.nat(40), (text, caret) => {
        const once = formatCode({ text, caret });
        expect(once.text).toMatch(/^([0-9A-Z]{0,4}|[0-9A-Z]{4}-[0-9A-Z]{1,4})$/);
        expect(once.caret).toBeLessThanOrEqual(once.text.length);
        expect(formatCode(once)).toEqual(once);
      }),
    );
  });
});
