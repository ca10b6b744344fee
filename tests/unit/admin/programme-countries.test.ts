import { getCountries } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import {
  COUNTRIES,
  countryOfLanguage,
  CURRENCIES,
  currencyOfCountry,
} from '../../../src/admin/programme/countries';

describe('the countries a shop can be in', () => {
  it('are all but two of those with telephone numbers, each once', () => {
    // Ascension and Tristan da Cunha are no countries of ISO 3166-1.
    const withNumbers = getCountries().filter((country) => country !== 'AC' && country !== 'TA');
    expect([...COUNTRIES].sort()).toEqual([...withNumbers].sort());
  });

  it('pay with money that a browser knows', () => {
    const known = new Set(Intl.supportedValuesOf('currency'));
    expect(CURRENCIES.filter((currency) => !known.has(currency))).toEqual([]);
    expect(['BG', 'RU', 'GB', 'JP'].map(currencyOfCountry)).toEqual(['EUR', 'RUB', 'GBP', 'JPY']);
  });

  it.each([
    ['bg', 'BG'],
    ['en-GB', 'GB'],
    ['ru', 'RU'],
    ['de-AT', 'AT'],
    ['en-001', 'GB'],
  ])('are guessed from the language %s: %s', (language, country) => {
    expect(countryOfLanguage(language)).toBe(country);
  });
});
