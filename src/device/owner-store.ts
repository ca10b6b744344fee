import { openDB } from 'idb';

/**
 * Where a signed-in owner's session is kept: IndexedDB, because it names a person and localStorage must not.
 * The shape is the one Supabase Auth asks of its storage.
 */
export function ownerStore() {
  const database = openDB('verna-owner', 1, {
    upgrade: (db) => {
      db.createObjectStore('session');
    },
  });
  return {
    getItem: async (key: string): Promise<string | null> => {
      const value: unknown = await (await database).get('session', key);
      return typeof value === 'string' ? value : null;
    },
    setItem: async (key: string, value: string): Promise<void> => {
      await (await database).put('session', value, key);
    },
    removeItem: async (key: string): Promise<void> => {
      await (await database).delete('session', key);
    },
  };
}
