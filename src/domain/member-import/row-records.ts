import { CONSENT_PURPOSES, CONSENT_VERSION, type Consent, type Enrolment, type Visit } from '../member';
import { uuidFromHash, type ImportedRecord } from '../import/records';
import type { ImportedBalance, ImportedMember, ImportedVisit } from './rows';

export type RowRecordContext = {
  /** The shop's, in hex, known to owners and managers only: nobody else can try numbers against the ids made here. */
  salt: string;
  /** The SHA-256 of a text's UTF-8 bytes in lower-case hex. */
  sha256: (text: string) => Promise<string>;
};

/** A balance as import_balances takes it. */
export type BalanceRow = { id: string; points: number } & ({ phone: string } | { member: string });

/*
 * Ids follow from the salt and what makes a row itself, so that a second import of a file adds nothing. Who is called by a
 * reference is enrolled under an id made from it: visits and balances that only know the reference find the member by
 * that id, whichever file comes first, and no reference is ever stored.
 */

/** An enrolment, and a consent record for each no that the file says. */
export async function memberRecords(
  member: ImportedMember,
  context: RowRecordContext,
): Promise<ImportedRecord[]> {
  const { phone, firstName, email, birthday, locale, consents, reference, identity, occurrence } = member;
  const id =
    reference === null
      ? await idOf(context, 'enrolment', identity, occurrence)
      : await idOfReference(context, reference);
  const given = (purpose: (typeof CONSENT_PURPOSES)[number]) => ({
    purpose,
    version: CONSENT_VERSION,
    locale,
  });
  const enrolment: Enrolment = {
    type: 'enrolment',
    phone,
    firstName,
    ...(email !== null && { email }),
    ...(birthday && { birthday }),
    locale,
    staff: null,
    consents: CONSENT_PURPOSES.filter((purpose) => consents[purpose]).map(given),
  };
  const refusals = CONSENT_PURPOSES.filter((purpose) => consents[purpose] === false).map(
    async (purpose): Promise<ImportedRecord> => {
      const consent: Consent = {
        type: 'consent',
        member: id,
        ...given(purpose),
        granted: false,
        staff: null,
      };
      return recordOf(await idOf(context, 'consent', id, purpose), consent, member, context);
    },
  );
  return [await recordOf(id, enrolment, member, context), ...(await Promise.all(refusals))];
}

export async function visitRecord(visit: ImportedVisit, context: RowRecordContext): Promise<ImportedRecord> {
  const { phone, reference, sale, identity, occurrence } = visit;
  const body: Visit = {
    type: 'visit',
    member: reference === null ? null : await idOfReference(context, reference),
    phone,
    sale,
    staff: null,
  };
  return recordOf(await idOf(context, 'visit', identity, occurrence), body, visit, context);
}

export async function balanceRow(balance: ImportedBalance, context: RowRecordContext): Promise<BalanceRow> {
  const { phone, reference, points, identity } = balance;
  const id = await idOf(context, 'balance', identity);
  return phone === null
    ? { id, points, member: await idOfReference(context, reference!) }
    : { id, points, phone };
}

const idOfReference = (context: RowRecordContext, reference: string) => idOf(context, 'reference', reference);

async function idOf({ salt, sha256 }: RowRecordContext, ...parts: (string | number)[]): Promise<string> {
  return uuidFromHash(await sha256(JSON.stringify([salt, ...parts])));
}

async function recordOf(
  id: string,
  body: Enrolment | Consent | Visit,
  { at, tzOffset, location }: ImportedMember | ImportedVisit,
  { sha256 }: RowRecordContext,
): Promise<ImportedRecord> {
  const text = JSON.stringify(body);
  return {
    id,
    kind: body.type,
    v: 1,
    body: text,
    sha256: await sha256(text),
    occurredAt: new Date(at).toISOString(),
    tzOffset,
    location,
  };
}
