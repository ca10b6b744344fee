import { getLocale } from './locale.svelte';

/** A number for a message that counts: as it is for the plural's form, and as people write it. */
export function counted(count: number): { count: number; n: string } {
  return { count, n: new Intl.NumberFormat(getLocale()).format(count) };
}
