import {
  AsYouType,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/max';

/*
 * Telephone numbers as people type them. With its full metadata, because the smaller ones take a mobile number with a
 * digit missing for a valid one, or no landline at all: a slip at the counter would become another person. It weighs
 * 60 kB compressed: whoever needs it is loaded when needed.
 */

/** The number in E.164, or null when there is no such number. `country` is whose numbers are typed without a prefix. */
export function parsePhone(typed: string, country: string): string | null {
  const number = parsePhoneNumberFromString(typed, supported(country));
  return number?.isValid() ? number.number : null;
}

/** What was typed so far, set the way such numbers are written. */
export function formatPhone(typed: string, country: string): string {
  return new AsYouType(supported(country)).input(typed);
}

/** A number in E.164 as people read it in that country, its own in the national way; anywhere when none is named. */
export function showPhone(phone: string, country?: string): string {
  const number = parsePhoneNumberFromString(phone);
  if (!number) return phone;
  return number.country === country ? number.formatNational() : number.formatInternational();
}

/** A country that the library does not know makes every number an international one. */
function supported(country: string): CountryCode | undefined {
  return isSupportedCountry(country) ? country : undefined;
}
