import {
  AsYouType,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min';

/** A number as somebody typed it, in E.164; null for what is no number. Without a plus it is one of the country's. */
export function parsePhone(text: string, country: string): string | null {
  const parsed = parsePhoneNumberFromString(text, known(country));
  return parsed?.isValid() ? parsed.number : null;
}

/** A number, perhaps half typed, in groups as people of the country write it. */
export function formatPhone(text: string, country: string): string {
  return new AsYouType(known(country)).input(text);
}

function known(country: string): CountryCode | undefined {
  return isSupportedCountry(country) ? country : undefined;
}
