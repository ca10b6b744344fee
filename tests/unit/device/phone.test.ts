import { describe, expect, it } from 'vitest';
import { formatPhone, parsePhone, showPhone } from '../../../src/device/phone';

describe('a telephone number', () => {
  it.each([
    ['0888123456', 'BG', '+359888123456'],
    ['888123456', 'BG', '+359888123456'],
    ['02 981 23 45', 'BG', '+35929812345'],
    ['8 (912) 345-67-89', 'RU', '+79123456789'],
    ['+44 7400 123456', 'BG', '+447400123456'],
    ['00447400123456', 'BG', '+447400123456'],
    ['+359888123456', 'XX', '+359888123456'],
  ])('%s typed in %s is %s', (typed, country, phone) => {
    expect(parsePhone(typed, country)).toBe(phone);
  });

  it.each([
    ['', 'BG'],
    ['+', 'BG'],
    // A digit too few, a digit too many, a prefix that nobody has.
    ['088812345', 'BG'],
    ['08881234567', 'BG'],
    ['0111123456', 'BG'],
    // Of which country?
    ['0888123456', 'XX'],
  ])('%j typed in %s is none', (typed, country) => {
    expect(parsePhone(typed, country)).toBeNull();
  });

  it('is set while it is typed', () => {
    expect(formatPhone('0888123456', 'BG')).toBe('088 812 3456');
    expect(formatPhone('89123', 'RU')).toBe('8 (912) 3');
    expect(formatPhone('+44740', 'BG')).toBe('+44 740');
  });

  it('is shown in the national way at home, and with its country abroad', () => {
    expect(showPhone('+359888123456', 'BG')).toBe('088 812 3456');
    expect(showPhone('+359888123456', 'RU')).toBe('+359 88 812 3456');
  });
});
