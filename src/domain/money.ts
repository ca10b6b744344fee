const decimals = new Map<string, number>();

/** How many decimals a currency (ISO 4217) has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  let digits = decimals.get(currency);
  if (digits === undefined) {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    digits = maximumFractionDigits ?? 2;
    decimals.set(currency, digits);
  }
  return digits;
}

/** Minor units as a number of major ones, for words only: no sum is ever worked out with it. */
export const majorUnits = (minor: number, currency: string): number => minor / 10 ** minorDigits(currency);

/** What somebody typed in major units ('12.50', '12,5', '1 200') in minor ones; null for what is no amount. */
export function readAmount(text: string, currency: string): number | null {
  const match = /^(\d+)(?:[.,](\d+))?$/.exec(text.replaceAll(/\s/g, ''));
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  const digits = minorDigits(currency);
  if (fraction.length > digits) return null;
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}
