import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import type { Survey } from '../../domain/survey';
import type { OwnerClient } from '../owner-client';
import { readReply } from './read-reply';

const saveSurveySchema = v.variant('outcome', [
  v.object({ outcome: v.literal('saved'), id: uuidSchema }),
  v.object({ outcome: v.picklist(['bad_survey', 'key_taken', 'changed_meanwhile', 'forbidden']) }),
]);

/** What the kiosk asks. */
export const questionCalls = (client: OwnerClient) => ({
  /** A new version beside the others. base: the one it was made from; somebody else's newer one is not overwritten. */
  saveSurvey: (org: string, base: string, survey: Survey) =>
    readReply(saveSurveySchema, client.rpc('save_survey', { org, base, survey: JSON.stringify(survey) })),
});
