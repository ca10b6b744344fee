import * as v from 'valibot';
import { uuidSchema } from './record';

/** Body of a record of kind 'unlock', version 1: somebody unlocked the tablet with their PIN. */
export const unlockSchema = v.object({ type: v.literal('unlock'), staff: uuidSchema });

export type Unlock = v.InferOutput<typeof unlockSchema>;
