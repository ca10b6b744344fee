/** What one request may carry, with room to spare under the server's 500 records and 1,000,000 bytes. */
const MAX_RECORDS = 500;
const MAX_BYTES = 900_000;

const encoder = new TextEncoder();

/** Cuts records into JSON arrays that the server will read, in order. */
export function* jsonBatches<Item>(
  items: Iterable<Item>,
): Generator<{ items: Item[]; json: string }, void, void> {
  let batch: Item[] = [];
  let texts: string[] = [];
  let bytes = 2;
  for (const item of items) {
    const text = JSON.stringify(item);
    const size = encoder.encode(text).length + 1;
    if (batch.length > 0 && (batch.length >= MAX_RECORDS || bytes + size > MAX_BYTES)) {
      yield { items: batch, json: `[${texts.join(',')}]` };
      [batch, texts, bytes] = [[], [], 2];
    }
    batch.push(item);
    texts.push(text);
    bytes += size;
  }
  if (batch.length > 0) yield { items: batch, json: `[${texts.join(',')}]` };
}
