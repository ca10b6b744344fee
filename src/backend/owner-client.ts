import { createClient, type SupabaseClient, type SupportedStorage } from '@supabase/supabase-js';
import { backendUrl, publishableKey } from './config';
import type { Database } from './database.types';

export type OwnerClient = SupabaseClient<Database>;

/**
 * A signed-in person's way to the server. The session is kept where the caller says; the admin pages hand in an
 * IndexedDB store, because a session holds an e-mail address and localStorage must hold no personal data.
 */
export function createOwnerClient(
  storage: SupportedStorage,
  url = backendUrl,
  key = publishableKey,
): OwnerClient {
  return createClient<Database>(url, key, {
    auth: {
      storage,
      storageKey: 'session',
      persistSession: true,
      autoRefreshToken: true,
      detectSessionInUrl: false,
    },
  });
}
