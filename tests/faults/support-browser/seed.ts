import { randomInt } from 'node:crypto';
import { note } from './notes';
import { createRandom, type Random } from '../../../src/domain/demo/random';

/** This run's chance, by VERNA_SEED when it names a seed; printed, so that a failure can be had again. */
export function seededRandom(): Random {
  const seed = Number(process.env['VERNA_SEED'] ?? randomInt(2 ** 31));
  console.log(`VERNA_SEED=${seed}`);
  note('seed', seed);
  return createRandom(seed);
}
