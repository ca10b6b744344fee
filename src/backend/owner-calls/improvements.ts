import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { readReply } from './read-reply';

const improvementsSchema = v.array(
  v.object({
    id: uuidSchema,
    name: v.string(),
    /** Local dates, 'YYYY-MM-DD'. */
    happened_on: v.string(),
    ended_on: v.nullable(v.string()),
    question: v.string(),
    /** Null everywhere. */
    location_id: v.nullable(uuidSchema),
    /** Points of percent, or of the NPS. */
    hoped_change: v.number(),
    note: v.nullable(v.string()),
    /** E-mail address of who noted it. */
    created_by: v.string(),
  }),
);
/** A dated change whose effect on a question's figure is tested. */
export type Improvement = v.InferOutput<typeof improvementsSchema>[number];

export type ImprovementDraft = Omit<Improvement, 'id' | 'created_by'>;

const saveSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('saved'), improvement: uuidSchema }),
  v.object({
    outcome: v.picklist([
      'forbidden',
      'bad_name',
      'bad_date',
      'bad_end',
      'bad_question',
      'bad_hope',
      'bad_note',
      'unknown_location',
      'unknown_improvement',
    ]),
  }),
]);
export type SaveImprovementReply = v.InferOutput<typeof saveSchema>;

const removeSchema = v.object({ outcome: v.picklist(['removed', 'unknown_improvement', 'forbidden']) });

const targetsSchema = v.array(
  v.object({ question: v.string(), location_id: v.nullable(uuidSchema), target: v.number() }),
);
/** What a question's figure is to be, in percent or points of the NPS; without a location for all of them. */
export type Target = v.InferOutput<typeof targetsSchema>[number];

const setTargetSchema = v.object({
  outcome: v.picklist(['saved', 'bad_question', 'bad_target', 'unknown_location', 'forbidden']),
});

/** What was changed to move a figure, and where the figure is to get. */
export const improvementCalls = (client: OwnerClient) => ({
  /** The latest first, at most 500. */
  improvements: (org: string) =>
    readReply(
      improvementsSchema,
      client
        .from('improvements')
        .select('id, name, happened_on, ended_on, question, location_id, hoped_change, note, created_by')
        .eq('org_id', org)
        .is('removed_at', null)
        .order('happened_on', { ascending: false })
        .order('id')
        .limit(500),
    ),
  /** improvement: null for a new one. */
  saveImprovement: (org: string, improvement: string | null, draft: ImprovementDraft) =>
    readReply(
      saveSchema,
      client.rpc('save_improvement', {
        org,
        // The generated types know of no argument that may be null.
        improvement: improvement as string,
        name: draft.name,
        happened_on: draft.happened_on,
        question: draft.question,
        hoped_change: draft.hoped_change,
        ...(draft.location_id !== null && { location: draft.location_id }),
        ...(draft.note !== null && { note: draft.note }),
        ...(draft.ended_on !== null && { ended_on: draft.ended_on }),
      }),
    ),
  removeImprovement: (org: string, improvement: string) =>
    readReply(removeSchema, client.rpc('remove_improvement', { org, improvement })),
  targets: (org: string) =>
    readReply(
      targetsSchema,
      client.from('targets').select('question, location_id, target').eq('org_id', org).limit(1000),
    ),
  /** target: null takes it away. */
  setTarget: (org: string, question: string, location: string | null, target: number | null) =>
    readReply(
      setTargetSchema,
      client.rpc('set_target', {
        org,
        question,
        location: location as string,
        target: target as number,
      }),
    ),
});
