import { getLocale } from './locale.svelte';

/** A number with the minus that typesetters use, which is as wide as a plus. 'exceptZero' also says what is added. */
export function signedWords(value: number, signDisplay: 'negative' | 'exceptZero' = 'negative'): string {
  return new Intl.NumberFormat(getLocale(), { signDisplay }).format(value).replace('-', '−');
}
