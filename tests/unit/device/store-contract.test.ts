import 'fake-indexeddb/auto';
import { describe, it } from 'vitest';
import { openStore, STORE_CONTRACT } from './store-contract';

describe('the store, on fake-indexeddb', () => {
  it.each(STORE_CONTRACT.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await run(await openStore());
  });
});
