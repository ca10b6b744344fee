// Tools and tests import this outside Vite, where import.meta.env does not exist.
const env: Partial<ImportMetaEnv> = import.meta.env ?? {};

/**
 * Where the server is. A hosted build sets both variables; without them the page talks to the server it came from,
 * which is the embedded backend.
 */
export const backendUrl: string = env.VITE_SUPABASE_URL ?? globalThis.location?.origin ?? '';

/** Publishable: it names the project and opens nothing. */
export const publishableKey: string = env.VITE_SUPABASE_PUBLISHABLE_KEY ?? 'sb_publishable_verna_embedded';
