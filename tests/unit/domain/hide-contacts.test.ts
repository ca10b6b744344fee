import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideContacts } from '../../../src/domain/hide-contacts';

describe('a customer’s words on paper', () => {
  it.each([
    ['Call me: +359 88 812-34-56 please', 'Call me: … please'],
    ['Позвоните 8 (495) 123-45-67!', 'Позвоните …!'],
    ['Пишете на иван.петров@пример.бг', 'Пишете на …'],
    ['see https://example.com/anna?x=1 or www.example.com', 'see … or …'],
    ['0888123456', '…'],
  ])('loses what leads to a person: %s', (text, shown) => {
    expect(hideContacts(text)).toBe(shown);
  });

  it.each(['Waited 45 minutes, paid 12.50 twice', 'Table 7 at 18:30 on the 12th', '2–3 people, 100 %'])(
    'keeps what does not: %s',
    (text) => {
      expect(hideContacts(text)).toBe(text);
    },
  );

  it('leaves no telephone number in any words', () => {
    const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 7, maxLength: 15 });
    const gap = fc.constantFrom('', ' ', '-', '.', ') ', ' (');
    fc.assert(
      fc.property(digits, gap, fc.constantFrom('', 'tel ', 'Тел: +'), (number, between, before) => {
        expect(hideContacts(before + number.join(between)).replaceAll(/\D/g, '')).toBe('');
      }),
    );
  });
});
