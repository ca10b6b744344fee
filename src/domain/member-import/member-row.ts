import * as v from 'valibot';
import { CONSENT_PURPOSES } from '../member';
import { readBirthday } from './birthday';
import { readLocale, readYesNo } from './cells';
import { readLocation, readWhen, refuse, type Cells, type ReadRow, type RowOptions } from './read-cells';
import type { RowWarning } from './report';
import type { ImportedMember } from './rows';

const LONGEST_NAME = 60;
const emailSchema = v.pipe(v.string(), v.email(), v.maxLength(254));

type Bare = Omit<ImportedMember, 'occurrence'>;

/** A member of a row. What is wrong beside number, name and time is left out, and the member taken all the same. */
export function readMember(cells: Cells, options: RowOptions): ReadRow<Bare> {
  const typed = cells.named('phone');
  if (typed === '') return refuse('phone_missing');
  const phone = options.parsePhone(typed);
  if (phone === null) return refuse('phone_unreadable');
  const firstName = cells.named('firstName');
  if (firstName === '') return refuse('name_missing');
  if (firstName.length > LONGEST_NAME) return refuse('name_too_long');
  const location = readLocation(cells);
  if (location === '') return refuse('location_missing');

  const joined = cells.named('joined');
  const when = readWhen(joined || options.joined, joined ? options : { ...options, dateOrder: 'ymd' });
  if ('reason' in when) return refuse(when.reason);

  const warnings: RowWarning[] = [];
  if (cells.has('joined') && joined === '') warnings.push('joined_missing');
  /** What a cell says, or null and a warning when it says something else. */
  const read = <Value>(cell: string, value: Value | null, warning: RowWarning): Value | null => {
    if (cell !== '' && value === null) warnings.push(warning);
    return value;
  };
  const email = cells.named('email');
  const birthday = cells.named('birthday');
  const locale = cells.named('locale');
  const consents: ImportedMember['consents'] = {};
  for (const purpose of CONSENT_PURPOSES) {
    const cell = cells.raw(purpose);
    const said = read(cell, readYesNo(cell), 'consent_unreadable');
    if (said !== null) consents[purpose] = said;
  }
  const reference = cells.named('reference') || null;
  return {
    ok: true,
    warnings,
    row: {
      kind: 'member',
      phone,
      reference,
      firstName,
      email: read(email, v.is(emailSchema, email) ? email : null, 'email_unreadable'),
      birthday: read(birthday, readBirthday(birthday, options.dateOrder), 'birthday_unreadable'),
      locale: read(locale, readLocale(locale), 'locale_unknown') ?? options.locale,
      consents,
      location,
      at: when.at,
      tzOffset: when.tzOffset,
      identity: JSON.stringify(
        reference === null ? ['row', phone, firstName, joined] : ['reference', reference],
      ),
    },
  };
}
