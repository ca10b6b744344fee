import * as v from 'valibot';
import { scaleOf } from './scale';

const { min, max } = scaleOf('nps');

/** How many answers there must be before the owner sees a figure: fewer would show who said what. */
export const PULSE_MIN_N = 5;

/**
 * Body of a record of kind 'pulse', version 1: how likely somebody of the team would recommend working here. It names
 * nobody, and the server keeps no more of it than a count of the month.
 */
export const pulseSchema = v.object({
  type: v.literal('pulse'),
  score: v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)),
  /**
   * 16 random bytes in hex. The server's ledger keeps the record's hash, and without them the hash of a score is one of
   * eleven that anybody can work out.
   */
  salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'not 16 bytes in hex')),
});
export type Pulse = v.InferOutput<typeof pulseSchema>;
