import { createHash, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { pairingOf, SECRET, type Chain } from './chain';

export const CONNECTIONS = 50;
/** As many as a tablet with a short queue sends at once. */
const BATCH = 50;

/** Batches of fresh answers for every connection, each connection another tablet; made before the clock starts. */
export function mintBatches({ survey }: Chain, batchesEach: number, firstTablet: number): string[][] {
  return Array.from({ length: CONNECTIONS }, (_, connection) => {
    const pairing = pairingOf(firstTablet + connection);
    const startedAt = Date.now() - 3_600_000;
    return Array.from({ length: batchesEach }, (__, batch) =>
      JSON.stringify(
        Array.from({ length: BATCH }, (___, place) => {
          const n = batch * BATCH + place;
          const rating = { question: 'satisfaction', type: 'csat', score: 1 + (n % 5) };
          const recommend = { question: 'recommend', type: 'nps', score: n % 11 };
          const session = randomUUID();
          const body = JSON.stringify({ session, survey, locale: 'en', ...(n % 3 ? rating : recommend) });
          return {
            id: randomUUID(),
            pairing,
            seq: 1_000_000 + firstTablet * 10_000 + n,
            kind: 'answer',
            v: 1,
            body,
            sha256: createHash('sha256').update(body).digest('hex'),
            // Half a minute apart: a busy counter, and no thumb that hammers.
            occurredAt: new Date(startedAt - n * 30_000).toISOString(),
            tzOffset: 120,
            serverOffsetMs: 0,
            boot: randomUUID(),
            monotonicMs: n,
          };
        }),
      ),
    );
  });
}

/** Sends every connection's batches one after another, all connections at once; ms from the first to the last. */
export async function sendBatches(
  url: string,
  batches: readonly string[][],
  statement: string,
): Promise<{ ms: number; answers: number }> {
  const connections = batches.map(() => postgres(url, { max: 1, onnotice: () => {} }));
  await Promise.all(connections.map((sql) => sql`select 1`));
  const startedAt = performance.now();
  await Promise.all(
    connections.map(async (sql, connection) => {
      for (const batch of batches[connection]!) {
        const pairing = (JSON.parse(batch) as { pairing: string }[])[0]!.pairing;
        const [row] = await sql.unsafe(statement, [pairing, SECRET, batch]);
        if (row?.['refused'] !== false)
          throw new Error(`A batch was not stored whole: ${JSON.stringify(row)}`);
      }
    }),
  );
  const ms = performance.now() - startedAt;
  await Promise.all(connections.map((sql) => sql.end()));
  return { ms, answers: batches.flat().length * BATCH };
}
