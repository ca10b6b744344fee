import * as v from 'valibot';
import { SCORED_TYPES } from '../../domain/scored-type';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

/** What the server keeps counts of besides places. */
export const SPLIT_DIMENSIONS = ['language', 'visitor', 'reason', 'staff'] as const;
export type SplitDimension = (typeof SPLIT_DIMENSIONS)[number];

const scoredSchema = {
  type: v.picklist(SCORED_TYPES),
  /** Each [score, n, how many of the n are flagged]. */
  counts: v.array(v.tuple([v.pipe(v.number(), v.integer()), count, count])),
};

const splitSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('ok'),
    values: v.array(
      v.object({
        ...scoredSchema,
        /** Of reasons and staff '' is what any of them counts. */
        value: v.string(),
        /** Of staff. */
        name: v.nullable(v.string()),
      }),
    ),
  }),
  v.object({ outcome: v.picklist(['forbidden', 'one_place', 'bad_dimension']) }),
]);
export type ReportSplit = v.InferOutput<typeof splitSchema>;

const ownSplitSchema = v.array(
  v.object({
    ...scoredSchema,
    /** Null: tablets that stood for none. */
    value: v.nullable(uuidSchema),
    location: uuidSchema,
  }),
);
export type ReportOwnSplit = v.InferOutput<typeof ownSplitSchema>;

const dimensionsSchema = v.array(v.object({ id: uuidSchema, name: v.string() }));
const valuesSchema = v.array(
  v.object({
    dimension_id: uuidSchema,
    id: uuidSchema,
    name: v.string(),
    removed_at: v.nullable(v.string()),
  }),
);
const tabletValuesSchema = v.array(
  v.object({
    tablet_id: uuidSchema,
    dimension_id: uuidSchema,
    /** Local date 'YYYY-MM-DD'. */
    since: v.string(),
    value_id: v.nullable(uuidSchema),
  }),
);
export type NamedDimension = v.InferOutput<typeof dimensionsSchema>[number];
export type DimensionValue = v.InferOutput<typeof valuesSchema>[number];
/** What a tablet stands for from a day on; value_id null for nothing. */
export type TabletValue = v.InferOutput<typeof tabletValuesSchema>[number];

const saveDimensionSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('saved'), dimension: uuidSchema }),
  v.object({
    outcome: v.picklist([
      'forbidden',
      'bad_name',
      'bad_values',
      'name_taken',
      'too_many',
      'unknown_dimension',
    ]),
  }),
]);
const removeDimensionSchema = v.object({
  outcome: v.picklist(['removed', 'unknown_dimension', 'forbidden']),
});
const setTabletValueSchema = v.object({
  outcome: v.picklist(['saved', 'bad_date', 'unknown_tablet', 'unknown_value', 'forbidden']),
});
const setRegionSchema = v.object({
  outcome: v.picklist(['saved', 'bad_region', 'unknown_location', 'forbidden']),
});

export type SplitQuestion = { from: string; to: string; question: string };

/** Figures by what is known of an answer, and what the shop lets its tablets stand for. */
export const splitCalls = (client: OwnerClient) => ({
  /** Dates are local, both included; staff is asked for one location, by owners and managers. */
  reportSplit: (
    org: string,
    dimension: SplitDimension,
    {
      from,
      to,
      question,
      location,
      region,
    }: SplitQuestion & { location: string | null; region: string | null },
  ) =>
    readReply(
      splitSchema,
      client.rpc('report_split', {
        org,
        dimension,
        from_date: from,
        to_date: to,
        question,
        ...(location !== null && { location }),
        ...(region !== null && { region }),
      }),
    ),
  reportOwnSplit: (org: string, dimension: string, { from, to, question }: SplitQuestion) =>
    readReply(
      ownSplitSchema,
      client.rpc('report_own_split', { org, dimension, from_date: from, to_date: to, question }),
    ),
  /** At most twelve, by name. */
  dimensions: (org: string) =>
    readReply(
      dimensionsSchema,
      client
        .from('dimensions')
        .select('id, name')
        .eq('org_id', org)
        .is('removed_at', null)
        .order('name')
        .limit(12),
    ),
  /** Of all dimensions, in their order; those removed too, for figures of theirs may be shown. */
  dimensionValues: (org: string) =>
    readReply(
      valuesSchema,
      client
        .from('dimension_values')
        .select('dimension_id, id, name, removed_at')
        .eq('org_id', org)
        .order('position')
        .order('id')
        .limit(1000),
    ),
  /** Of one dimension, the latest first. */
  tabletValues: (org: string, dimension: string) =>
    readReply(
      tabletValuesSchema,
      client
        .from('tablet_values')
        .select('tablet_id, dimension_id, since, value_id')
        .eq('org_id', org)
        .eq('dimension_id', dimension)
        .order('since', { ascending: false })
        .limit(2000),
    ),
  /** dimension null: a new one. Values without an id are new; those left out are removed. */
  saveDimension: (
    org: string,
    dimension: string | null,
    name: string,
    values: readonly { value: string | null; name: string }[],
  ) =>
    readReply(
      saveDimensionSchema,
      client.rpc('save_dimension', {
        org,
        // The generated types know of no argument that may be null; likewise below.
        dimension: dimension as string,
        name,
        told: JSON.stringify(values),
      }),
    ),
  removeDimension: (org: string, dimension: string) =>
    readReply(removeDimensionSchema, client.rpc('remove_dimension', { org, dimension })),
  /** value null: nothing of this dimension; since: local date. */
  setTabletValue: (org: string, { tablet_id, dimension_id, since, value_id }: TabletValue) =>
    readReply(
      setTabletValueSchema,
      client.rpc('set_tablet_value', {
        org,
        tablet: tablet_id,
        dimension: dimension_id,
        value: value_id as string,
        since,
      }),
    ),
  /** Empty takes it away. */
  setRegion: (org: string, location: string, region: string) =>
    readReply(setRegionSchema, client.rpc('set_region', { org, location, region })),
});
