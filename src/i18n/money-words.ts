import { getLocale } from './locale.svelte';

/** An amount in the currency's minor units (ISO 4217), as people write it. */
export function moneyWords(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(getLocale(), { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
}
