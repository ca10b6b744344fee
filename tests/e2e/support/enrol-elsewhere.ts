import { randomUUID } from 'node:crypto';
import type { Result } from '../../../src/backend/failure';
import { ingest, pair } from '../../../src/backend/tablet-calls';
import { directoryKey } from '../../../src/device/directory-key';
import { randomSecret } from '../../../src/device/secrets';
import type { Enrolment } from '../../../src/domain/member';
import { EMBEDDED_PUBLISHABLE_KEY } from '../../../supabase/embedded/backend';
import { memberRecord } from '../../support/members';
import { visit } from './members';
import type { TestShop } from './shop';
import type { VernaServer } from './verna-server';

type Newcomer = {
  phone: string;
  firstName: string;
  birthday?: Enrolment['birthday'];
  /** Enrolled and checked in then, and not seen since. */
  cameOn?: Date;
};

/** Enrols somebody at another tablet of the shop, which has a programme. */
export async function enrolElsewhere(
  verna: VernaServer,
  shop: TestShop,
  { phone, firstName, birthday, cameOn }: Newcomer,
): Promise<void> {
  const context = { url: verna.url, key: EMBEDDED_PUBLISHABLE_KEY };
  const { code } = await shop.newTablet('Lenina 5', `Tablet ${randomUUID()}`);
  const credentials = { pairing: randomUUID(), secret: randomSecret() };
  const paired = valueOf(await pair(code, credentials, '0.1.0', context));
  const membership = paired.outcome === 'paired' ? paired.settings.membership : null;
  if (!membership) throw new Error('No tablet of a shop with a programme');
  const enrolment = {
    phone,
    directoryKey: await directoryKey(phone, membership.directory_salt),
    firstName,
    ...(birthday && { birthday }),
    locale: 'en',
    staff: null,
    consents: [{ purpose: 'programme', version: 1, locale: 'en' }],
  };
  const made = { pairing: credentials.pairing, occurredAt: cameOn ?? new Date() };
  const records = [memberRecord('enrolment', enrolment, { ...made, seq: 1 })];
  if (cameOn) records.push(memberRecord('visit', visit(phone), { ...made, seq: 2 }));
  const reply = valueOf(await ingest(credentials, randomUUID(), records, context));
  const stored = reply.outcome === 'accepted' && reply.records.every(({ outcome }) => outcome === 'stored');
  if (!stored) throw new Error(`Not enrolled: ${JSON.stringify(reply)}`);
}

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`The server did not answer: ${JSON.stringify(result.failure)}`);
  return result.value;
}
