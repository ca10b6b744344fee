import { describe, expect, it } from 'vitest';
import { readCaseFilter, writeCaseFilter } from '../../../src/admin/cases/case-filter';
import { caseKeyOf } from '../../../src/admin/cases/case-keys';
import { messageLinks } from '../../../src/admin/cases/message-links';

const pressed = (key: string, code: string, more: Partial<KeyboardEvent> = {}) =>
  caseKeyOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('keys of the list of cases', () => {
  it('move, open dialogs and help', () => {
    expect(['j', 'k', 'c', 'r', 'a', 'x'].map((key) => pressed(key, `Key${key.toUpperCase()}`))).toEqual([
      'next',
      'previous',
      'contact',
      'resolve',
      'assign',
      null,
    ]);
    expect([pressed('ArrowDown', 'ArrowDown'), pressed('ArrowUp', 'ArrowUp')]).toEqual(['next', 'previous']);
    expect(pressed('?', 'Slash', { shiftKey: true })).toBe('help');
  });

  it('go by the place of the key where the layout is Cyrillic, and by the letter where it is Latin', () => {
    expect(pressed('о', 'KeyJ')).toBe('next');
    expect(pressed('с', 'KeyC')).toBe('contact');
    expect(pressed('j', 'KeyC')).toBe('next');
  });

  it('leave what belongs to the browser alone', () => {
    expect(pressed('r', 'KeyR', { ctrlKey: true })).toBeNull();
    expect(pressed('a', 'KeyA', { metaKey: true })).toBeNull();
    expect(pressed('R', 'KeyR', { shiftKey: true })).toBeNull();
    expect(pressed('Enter', 'Enter')).toBeNull();
  });
});

describe('the filter of cases in the address', () => {
  it('reads back as it was written', () => {
    const filters = [
      { which: 'waiting', mine: true, overdue: true, location: null, cause: null },
      {
        which: 'resolved',
        mine: false,
        overdue: false,
        location: '018f3c1e-7b2a-4c3d-8e4f-000000000001',
        cause: 'price',
      },
    ] as const;
    for (const filter of filters) expect(readCaseFilter(writeCaseFilter(filter))).toEqual(filter);
  });

  it('is the usual one where the address makes no sense', () => {
    const query = new URLSearchParams('state=done&mine=perhaps&location=here&cause=weather&overdue=yes');
    expect(readCaseFilter(query)).toEqual({
      which: 'waiting',
      mine: false,
      overdue: true,
      location: null,
      cause: null,
    });
    expect(readCaseFilter(new URLSearchParams('state=resolved&overdue=yes')).overdue).toBe(false);
    expect(readCaseFilter(new URLSearchParams('cause=price')).cause).toBeNull();
  });
});

describe('links to write to a customer', () => {
  const message = { subject: 'About it', text: 'Hello, Anna & co: 100 %?' };
  const body = 'Hello%2C%20Anna%20%26%20co%3A%20100%20%25%3F';

  it('carry the text where the other side takes one', () => {
    const links = messageLinks({ phone: '+359888123456', email: 'anna+shop@example.com' }, message);
    expect(Object.fromEntries(links.map(({ channel, href }) => [channel, href]))).toEqual({
      call: 'tel:+359888123456',
      sms: `sms:+359888123456?body=${body}`,
      email: `mailto:anna%2Bshop@example.com?subject=About%20it&body=${body}`,
      whatsapp: `https://wa.me/359888123456?text=${body}`,
      telegram: 'https://t.me/+359888123456',
      viber: 'viber://chat?number=%2B359888123456',
    });
  });

  it('are only those there is an address for', () => {
    expect(messageLinks({ phone: null, email: null }, message)).toEqual([]);
    expect(messageLinks({ phone: null, email: 'a@b.bg' }, message).map(({ channel }) => channel)).toEqual([
      'email',
    ]);
  });
});
