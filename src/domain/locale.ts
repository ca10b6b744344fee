/** Languages of Verna, in the order they are offered. */
export const LOCALES = ['en', 'ru', 'bg'] as const;
export type Locale = (typeof LOCALES)[number];
