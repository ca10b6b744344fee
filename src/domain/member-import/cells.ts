import { minorDigits } from '../money';
import { MOST_OF_A_SALE } from '../member';
import { LOCALES, type Locale } from '../locale';

const YES = new Set(['yes', 'y', 'true', 't', '1', 'x', '✓', '✔', '+', 'да', 'д', 'истина']);
const NO = new Set(['no', 'n', 'false', 'f', '0', 'нет', 'не', 'н', 'ложь']);

/** Null for a cell that says neither. */
export function readYesNo(cell: string): boolean | null {
  const word = cell.trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : null;
}

const LANGUAGES: Record<Locale, RegExp> = {
  en: /^(en\b|eng|англ)/,
  ru: /^(ru\b|rus|рус)/,
  bg: /^(bg\b|bul|бълг|болг)/,
};

/** "bg", "bg-BG", "Bulgarian", „български“; null for a language that no text here is in. */
export function readLocale(cell: string): Locale | null {
  const word = cell.trim().toLowerCase();
  return LOCALES.find((locale) => LANGUAGES[locale].test(word)) ?? null;
}

/**
 * An amount of money as programs write it, in the currency's minor units: 12.50, 12,5, 1 200.00, 1.200,00, −3.20, (3.20),
 * €4. Null for what is none: also for more decimals than the currency has, and for 1,234, which may mean either.
 */
export function readMoney(cell: string, currency: string): number | null {
  const bare = cell.replaceAll(/[\s\p{Sc}'’]|[A-Z]{3}|лв\.?|руб\.?/gu, '');
  const match = /^([-–−+]?)(\(?)([-–−]?)(\d[\d.,]*)(\)?)([-–−]?)$/.exec(bare);
  if (!match) return null;
  const [, sign = '', open = '', inner = '', digits = '', close = '', trailing = ''] = match;
  if ((open === '') !== (close === '')) return null;
  if ([sign, open, inner, trailing].filter((mark) => mark !== '').length > 1) return null;
  const minus = /[-–−(]/.test(sign + open + inner + trailing);
  const minor = minorOf(digits, minorDigits(currency));
  if (minor === null || minor > MOST_OF_A_SALE) return null;
  // Nothing is never less than nothing.
  return minus && minor !== 0 ? -minor : minor;
}

/** Digits with the separators of whatever country; of two kinds the last one stands before the fraction. */
function minorOf(text: string, decimals: number): number | null {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last === -1) return Number(text) * 10 ** decimals;
  const mark = text[last]!;
  const [whole, fraction] = [text.slice(0, last), text.slice(last + 1)];
  const isAlone = text.indexOf(mark) === last;
  if (isAlone && whole.includes(mark === '.' ? ',' : '.') === false && fraction.length === 3 && decimals < 3)
    return null;
  const grouped = isAlone ? whole : text;
  if (!/^\d+$|^\d{1,3}([.,])\d{3}(?:\1\d{3})*$/.test(grouped)) return null;
  const cents = isAlone ? fraction.replace(/0+$/, '') : '';
  if (cents.length > decimals) return null;
  return Number(grouped.replaceAll(/[.,]/g, '') + cents.padEnd(decimals, '0'));
}

/** Whole points, grouped or not; null for a fraction or what is no number. */
export function readPoints(cell: string): number | null {
  const bare = cell.replaceAll(/[\s'’]/g, '').replace(/[–−]/, '-');
  if (!/^[-+]?(?:\d{1,9}|\d{1,3}(?:[.,]\d{3})+)(?:[.,]0{1,2})?$/.test(bare)) return null;
  const whole = bare.replace(/[.,]0{1,2}$/, '').replaceAll(/[.,]/g, '');
  return Number(whole) + 0;
}
