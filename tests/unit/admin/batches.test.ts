import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonBatches } from '../../../src/admin/batches';

it('cuts anything into JSON arrays the server will read, losing and moving nothing', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 1200 }), (items) => {
      const batches = [...jsonBatches(items)];
      expect(batches.flatMap((batch) => JSON.parse(batch.json) as string[])).toEqual(items);
      for (const { items: own } of batches) expect(own.length).toBeLessThanOrEqual(500);
    }),
    { numRuns: 50 },
  );
});

it('counts bytes, not letters', () => {
  const long = 'я'.repeat(100_000);
  const batches = [...jsonBatches(Array.from({ length: 9 }, () => long))];
  expect(batches.map(({ items }) => items.length)).toEqual([4, 4, 1]);
  for (const { json } of batches)
    expect(new TextEncoder().encode(json).length).toBeLessThanOrEqual(1_000_000);
});
