import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../../src/domain/locale';
import * as messages from '../../../src/i18n/paraglide/messages';

type Variant = { declarations: string[]; match: Record<string, string> };
type Source = Record<string, string | Variant[]>;
type Message = (inputs: Record<string, unknown>, options: { locale: Locale }) => string;

function sourceOf(area: string, locale: Locale): Source {
  const file = new URL(`../../../src/i18n/messages/${area}/${locale}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Source;
}

const compiled = messages as unknown as Record<string, Message>;

describe.each(['common', 'kiosk', 'staff', 'membership'])('messages of %s', (area) => {
  const keys = Object.keys(sourceOf(area, 'en'));

  it.each(LOCALES)('are all there in %s', (locale) => {
    expect(Object.keys(sourceOf(area, locale)).sort()).toEqual([...keys].sort());
  });

  it.each(LOCALES)('name the same inputs in %s as in English', (locale) => {
    const inputs = (source: Source, key: string) =>
      [...new Set(JSON.stringify(source[key]).match(/\{[a-z]+\}/g) ?? [])].sort();
    for (const key of keys) {
      expect([key, inputs(sourceOf(area, locale), key)]).toEqual([key, inputs(sourceOf(area, 'en'), key)]);
    }
  });

  it.each(LOCALES)('have a form for every count in %s', (locale) => {
    const source = sourceOf(area, locale);
    for (const key of keys.filter((key) => Array.isArray(source[key]))) {
      for (let count = 0; count <= 120; count++) {
        const words = compiled[key]!({ count }, { locale });
        expect(words).not.toBe(key);
        expect(words).toContain(String(count));
      }
    }
  });

  it.each(LOCALES)('use the quotation marks of %s', (locale) => {
    for (const words of Object.values(sourceOf(area, locale)).filter((value) => typeof value === 'string')) {
      expect(words).not.toMatch(/"/);
      if (locale !== 'en') expect(words).not.toMatch(/'/);
    }
  });
});
