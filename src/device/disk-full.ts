import type { DatabaseHandle } from './database';

export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/** Does the work, and once more without the ballast when the disk was full. Throws what the last try threw. */
export async function freeingBallast<Value>(
  database: DatabaseHandle,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!isFull(error)) throw error;
  }
  await database.run((connection) => connection.delete('state', 'ballast'));
  return work();
}
