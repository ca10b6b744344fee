import { createClient } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { ownerCalls, type OwnerCalls } from '../../../src/backend/owner-calls';
import type { CallContext } from '../../../src/backend/call-function';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { EMBEDDED_PUBLISHABLE_KEY, type EmbeddedBackend } from '../../../supabase/embedded/backend';
import { openMemoryBackend } from '../../support/memory-backend';

const URL = 'http://backend.test';

export type Owner = {
  backend: EmbeddedBackend;
  calls: OwnerCalls;
  organization: string;
  location: string;
  survey: string;
  tabletContext: CallContext;
};

/** A signed-in owner with a shop, on the real embedded backend in memory. */
export async function openOwner(): Promise<Owner> {
  const backend = await openMemoryBackend();
  const fetch: typeof globalThis.fetch = (input, init) => backend.fetch(new Request(input, init));
  const client = createClient(URL, EMBEDDED_PUBLISHABLE_KEY, {
    global: { fetch },
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own and the library asks for one even when nothing listens.
    realtime: { transport: WebSocket as never },
  });
  const { error } = await client.auth.signUp({ email: 'owner@example.com', password: 'correct horse' });
  if (error) throw error;
  const calls = ownerCalls(client);
  const made = await calls.createOrganization({
    name: 'Bakery',
    defaultLocale: 'en',
    locationName: 'Vitosha 12',
    timeZone: 'Europe/Sofia',
    survey: defaultSurvey,
  });
  if (!made.ok || made.value.outcome !== 'created') throw new Error(JSON.stringify(made));
  const { organization, location } = made.value;
  const surveys = await calls.surveyVersions(organization);
  if (!surveys.ok) throw new Error(surveys.failure.code);
  return {
    backend,
    calls,
    organization,
    location,
    survey: surveys.value[0]!.id,
    tabletContext: { url: URL, key: EMBEDDED_PUBLISHABLE_KEY, fetch },
  };
}
