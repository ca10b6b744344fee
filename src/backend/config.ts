/**
 * Where the server is. A hosted build sets both variables; without them the page talks to the server it came from,
 * which is the embedded backend. The key is publishable: it names the project and opens nothing.
 */
export const backendUrl: string = import.meta.env.VITE_SUPABASE_URL ?? globalThis.location?.origin ?? '';
export const publishableKey: string =
  import.meta.env.VITE_SUPABASE_PUBLISHABLE_KEY ?? 'sb_publishable_verna_embedded';
