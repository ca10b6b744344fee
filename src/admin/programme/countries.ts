/** Today's money (ISO 4217) and where it is used (ISO 3166-1), as CLDR's supplemental data has it. */
// oxfmt-ignore
const COUNTRIES_OF: Record<string, string> = {
  AED: 'AE', AFN: 'AF', ALL: 'AL', AMD: 'AM', AOA: 'AO', ARS: 'AR', AUD: 'AU CC CX KI NF NR TV', AWG: 'AW',
  AZN: 'AZ', BAM: 'BA', BBD: 'BB', BDT: 'BD', BHD: 'BH', BIF: 'BI', BMD: 'BM', BND: 'BN', BOB: 'BO', BRL: 'BR',
  BSD: 'BS', BTN: 'BT', BWP: 'BW', BYN: 'BY', BZD: 'BZ', CAD: 'CA', CDF: 'CD', CHF: 'CH LI', CLP: 'CL', CNY: 'CN',
  COP: 'CO', CRC: 'CR', CUP: 'CU', CVE: 'CV', CZK: 'CZ', DJF: 'DJ', DKK: 'DK FO GL', DOP: 'DO', DZD: 'DZ',
  EGP: 'EG', ERN: 'ER', ETB: 'ET',
  EUR: 'AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM VA XK YT',
  FJD: 'FJ', FKP: 'FK', GBP: 'GB GG IM JE', GEL: 'GE', GHS: 'GH', GIP: 'GI', GMD: 'GM', GNF: 'GN', GTQ: 'GT',
  GYD: 'GY', HKD: 'HK', HNL: 'HN', HTG: 'HT', HUF: 'HU', IDR: 'ID', ILS: 'IL PS', INR: 'IN', IQD: 'IQ', IRR: 'IR',
  ISK: 'IS', JMD: 'JM', JOD: 'JO', JPY: 'JP', KES: 'KE', KGS: 'KG', KHR: 'KH', KMF: 'KM', KPW: 'KP', KRW: 'KR',
  KWD: 'KW', KYD: 'KY', KZT: 'KZ', LAK: 'LA', LBP: 'LB', LKR: 'LK', LRD: 'LR', LSL: 'LS', LYD: 'LY', MAD: 'EH MA',
  MDL: 'MD', MGA: 'MG', MKD: 'MK', MMK: 'MM', MNT: 'MN', MOP: 'MO', MRU: 'MR', MUR: 'MU', MVR: 'MV', MWK: 'MW',
  MXN: 'MX', MYR: 'MY', MZN: 'MZ', NAD: 'NA', NGN: 'NG', NIO: 'NI', NOK: 'NO SJ', NPR: 'NP', NZD: 'CK NU NZ TK',
  OMR: 'OM', PAB: 'PA', PEN: 'PE', PGK: 'PG', PHP: 'PH', PKR: 'PK', PLN: 'PL', PYG: 'PY', QAR: 'QA', RON: 'RO',
  RSD: 'RS', RUB: 'RU', RWF: 'RW', SAR: 'SA', SBD: 'SB', SCR: 'SC', SDG: 'SD', SEK: 'SE', SGD: 'SG', SHP: 'SH',
  SLE: 'SL', SOS: 'SO', SRD: 'SR', SSP: 'SS', STN: 'ST', SYP: 'SY', SZL: 'SZ', THB: 'TH', TJS: 'TJ', TMT: 'TM',
  TND: 'TN', TOP: 'TO', TRY: 'TR', TTD: 'TT', TWD: 'TW', TZS: 'TZ', UAH: 'UA', UGX: 'UG',
  USD: 'AS BQ EC FM GU IO MH MP PR PW SV TC TL US VG VI', UYU: 'UY', UZS: 'UZ', VES: 'VE', VND: 'VN', VUV: 'VU',
  WST: 'WS', XAF: 'CF CG CM GA GQ TD', XCD: 'AG AI DM GD KN LC MS VC', XCG: 'CW SX', XOF: 'BF BJ CI GW ML NE SN TG',
  XPF: 'NC PF WF', YER: 'YE', ZAR: 'ZA', ZMW: 'ZM', ZWG: 'ZW',
};

const currencyOf = new Map(
  Object.entries(COUNTRIES_OF).flatMap(([currency, countries]) =>
    countries.split(' ').map((country) => [country, currency] as const),
  ),
);

export const COUNTRIES: readonly string[] = [...currencyOf.keys()];
export const CURRENCIES: readonly string[] = Object.keys(COUNTRIES_OF);

/** What people there pay with. */
export const currencyOfCountry = (country: string): string | undefined => currencyOf.get(country);

/** Of what money of a small unit buys about as much as a euro, to a power of ten. */
const USUAL_AMOUNTS: Record<number, string> = {
  10: 'CNY CZK DKK EGP HKD MXN NOK SEK THB TRY TWD UAH ZAR',
  100: 'ALL AMD DZD HUF INR ISK JPY KES KGS KZT MKD NGN PKR RSD RUB',
  1_000: 'ARS CLP KRW MNT RWF TZS UGX XAF XOF',
  10_000: 'COP IDR PYG UZS VND',
};
const usualAmountOf = new Map(
  Object.entries(USUAL_AMOUNTS).flatMap(([amount, currencies]) =>
    currencies.split(' ').map((currency) => [currency, Number(amount)] as const),
  ),
);

/** An amount to begin with when points are given for every so much, in major units. */
export const usualAmount = (currency: string): number => usualAmountOf.get(currency) ?? 1;

/** The country a browser speaks of: its region, or where its language is mostly at home. */
export function countryOfLanguage(language: string): string {
  const { region } = new Intl.Locale(language).maximize();
  return region !== undefined && currencyOf.has(region) ? region : 'GB';
}
