import { randomUUID } from 'node:crypto';
import { ownerCalls, type OwnerCalls } from '../../../src/backend/owner-calls';
import { signUp } from '../../../src/backend/owner-session';
import { defaultSurvey } from '../../../src/domain/default-survey';
import type { Locale } from '../../../src/domain/locale';
import { createNodeClient } from '../../../supabase/embedded/node-client';

export type TestShop = {
  email: string;
  password: string;
  organization: string;
  calls: OwnerCalls;
  /** Makes a location when there is none of that name, a tablet in it, and a pairing code for the tablet. */
  newTablet: (location: string, name: string) => Promise<{ location: string; tablet: string; code: string }>;
};

export type ShopNames = { name: string; defaultLocale: Locale; location: string };

const VERNA_BAKERY: ShopNames = { name: 'Verna Bakery', defaultLocale: 'en', location: 'Lenina 5' };

/** A shop set up through the calls that the owner's pages make. */
export async function createShop(
  url: string,
  timeZone = 'Europe/Sofia',
  { name, defaultLocale, location: firstLocation } = VERNA_BAKERY,
): Promise<TestShop> {
  const email = `owner-${randomUUID()}@example.com`;
  const password = randomUUID();
  const client = createNodeClient(url);
  const signedUp = await signUp(client, email, password);
  if (signedUp.outcome !== 'signed_in') throw new Error(`Signing up failed: ${signedUp.problem}`);
  const calls = ownerCalls(client);
  const { organization, location: first } = await created(
    calls.createOrganization({
      name,
      defaultLocale,
      locationName: firstLocation,
      timeZone,
      survey: defaultSurvey,
    }),
  );
  const locations = new Map([[firstLocation, first]]);
  return {
    email,
    password,
    organization,
    calls,
    newTablet: async (locationName, name) => {
      let location = locations.get(locationName);
      if (!location) {
        location = (await created(calls.addLocation(organization, locationName, timeZone))).location;
        locations.set(locationName, location);
      }
      const { tablet } = await created(calls.addTablet(organization, location, name));
      const { code } = await created(calls.createPairingCode(organization, tablet));
      return { location, tablet, code };
    },
  };
}

type Reply = { ok: true; value: { outcome: string } } | { ok: false; failure: unknown };
type Created<R extends Reply> = Extract<Extract<R, { ok: true }>['value'], { outcome: 'created' }>;

async function created<R extends Reply>(call: Promise<R>): Promise<Created<R>> {
  const result = await call;
  if (!result.ok) throw new Error(`The server did not answer: ${JSON.stringify(result.failure)}`);
  if (result.value.outcome !== 'created') throw new Error(`Not created: ${result.value.outcome}`);
  return result.value as Created<R>;
}
