import * as v from 'valibot';
import { RECORD_OUTCOMES, uuidSchema } from '../domain/record';
import { LOCALES, type Locale } from '../domain/locale';
import { openingHoursSchema, type OpeningHours } from '../domain/opening-hours';
import { surveySchema, type Survey } from '../domain/survey';
import { failureOfResponse, type Result } from './failure';
import type { OwnerClient } from './owner-client';

/** A period of local dates, 'YYYY-MM-DD', both ends included, and what to look at; null means all. */
export type ReportFilter = { from: string; to: string; location: string | null; tablet: string | null };

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const cell = { question: v.string(), score: v.number(), n: count, flagged: count };

const reportAnswersSchema = v.object({
  scores: v.array(v.object({ ...cell, type: v.picklist(['csat', 'nps', 'expectation']) })),
  days: v.array(v.object({ ...cell, day: v.string() })),
  /** weekday 1 = Monday … 7 = Sunday; hour 0 … 23, both local. */
  hours: v.array(v.object({ ...cell, weekday: v.number(), hour: v.number() })),
  choices: v.array(v.object({ question: v.string(), choice: v.string(), n: count, flagged: count })),
});
/** Counts as the database keeps them: n counts every answer, flagged those left out by default. */
export type ReportAnswers = v.InferOutput<typeof reportAnswersSchema>;

const reportCommentsSchema = v.array(
  v.object({
    id: uuidSchema,
    occurred_at: v.string(),
    local_at: v.string(),
    location: uuidSchema,
    tablet: uuidSchema,
    text: v.string(),
    locale: v.string(),
    flag: v.nullable(v.string()),
    score: v.nullable(v.object({ type: v.picklist(['csat', 'nps', 'expectation']), score: v.number() })),
    choices: v.nullable(v.array(v.string())),
  }),
);
export type ReportComment = v.InferOutput<typeof reportCommentsSchema>[number];

const reportTabletsSchema = v.array(
  v.object({
    tablet: uuidSchema,
    name: v.string(),
    kind: v.picklist(['kiosk', 'import']),
    location: uuidSchema,
    pairing: v.nullable(uuidSchema),
    paired_at: v.nullable(v.string()),
    revoked_at: v.nullable(v.string()),
    /** When a later pairing of this tablet told that the storage of this one was cleared. */
    gone_at: v.nullable(v.string()),
    made: count,
    received: count,
    waiting: count,
    quarantined: count,
    missing: count,
    /** Numbers gone from the tablet's storage; those that had been sent before are no loss. */
    lost: count,
    seq_clashes: count,
    /** How much of the three a person has said to have seen, when, and the e-mail address of that person. */
    acknowledged: v.nullable(
      v.object({ lost: count, missing: count, clashes: count, at: v.string(), by: v.nullable(v.string()) }),
    ),
    last_seen_at: v.nullable(v.string()),
    last_received_at: v.nullable(v.string()),
    app_version: v.nullable(v.string()),
    /** As the tablet last told it; null where its browser does not know. */
    health: v.object({
      oldest_waiting_at: v.nullable(v.string()),
      persisted: v.nullable(v.boolean()),
      quota_bytes: v.nullable(count),
      usage_bytes: v.nullable(count),
      server_offset_ms: v.nullable(v.number()),
      battery_percent: v.nullable(v.number()),
      battery_charging: v.nullable(v.boolean()),
      durability: v.nullable(v.picklist(['strict', 'relaxed', 'failed'])),
    }),
  }),
);
/** One pairing of one tablet, or a tablet never paired (pairing is null). */
export type ReportTablet = v.InferOutput<typeof reportTabletsSchema>[number];

const missingSeqsSchema = v.array(v.object({ first: count, last: count }));
/** Numbers that never arrived, both ends included, lowest first. */
export type SeqRange = v.InferOutput<typeof missingSeqsSchema>[number];

const reportStaffSchema = v.array(
  v.object({
    staff: uuidSchema,
    name: v.string(),
    /** The latest unlocking that has arrived, and at which tablet it was. */
    last_unlock: v.nullable(v.object({ at: v.string(), tablet: uuidSchema })),
  }),
);
/** Somebody with a PIN, as the owner sees them. */
export type ReportStaff = v.InferOutput<typeof reportStaffSchema>[number];

const organizationsSchema = v.array(
  v.object({ id: uuidSchema, name: v.string(), default_locale: v.picklist(LOCALES), is_demo: v.boolean() }),
);
export type Organization = v.InferOutput<typeof organizationsSchema>[number];

const locationsSchema = v.array(
  v.object({
    id: uuidSchema,
    name: v.string(),
    time_zone: v.string(),
    region: v.nullable(v.string()),
    /** Null where they are not known. */
    opening_hours: v.nullable(openingHoursSchema),
  }),
);
export type Location = v.InferOutput<typeof locationsSchema>[number];

const surveyVersionsSchema = v.array(
  v.object({ id: uuidSchema, number: v.number(), definition: surveySchema }),
);
export type StoredSurveyVersion = v.InferOutput<typeof surveyVersionsSchema>[number];

const createOrganizationSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), organization: uuidSchema, location: uuidSchema }),
  v.object({ outcome: v.picklist(['forbidden', 'bad_name', 'bad_time_zone', 'bad_locale', 'bad_survey']) }),
]);
const addLocationSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), location: uuidSchema }),
  v.object({ outcome: v.picklist(['forbidden', 'bad_name', 'bad_time_zone', 'name_taken']) }),
]);
const addTabletSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), tablet: uuidSchema }),
  v.object({ outcome: v.picklist(['forbidden', 'bad_name', 'name_taken']) }),
]);
const pairingCodeSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), code: v.string(), expires_at: v.string() }),
  v.object({ outcome: v.literal('forbidden') }),
]);
const revokeSchema = v.object({ outcome: v.picklist(['revoked', 'forbidden']) });
const addStaffSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), staff: uuidSchema }),
  v.object({ outcome: v.picklist(['forbidden', 'bad_name', 'bad_pin', 'name_taken']) }),
]);
const setStaffPinSchema = v.object({ outcome: v.picklist(['changed', 'forbidden', 'bad_pin']) });
const removeStaffSchema = v.object({ outcome: v.picklist(['removed', 'forbidden']) });
const openingHoursOutcomeSchema = v.object({ outcome: v.picklist(['saved', 'bad_hours', 'forbidden']) });
const acknowledgeSchema = v.object({ outcome: v.picklist(['acknowledged', 'forbidden']) });
const importSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('accepted'),
    nonce: v.string(),
    records: v.array(
      v.object({ id: v.unknown(), outcome: v.picklist(RECORD_OUTCOMES), reason: v.optional(v.string()) }),
    ),
  }),
  v.object({ outcome: v.picklist(['forbidden', 'too_large', 'malformed', 'name_taken']), nonce: v.string() }),
]);
export type ImportReply = v.InferOutput<typeof importSchema>;

const rescueKeysSchema = v.array(v.object({ public_key: v.string(), private_key: v.string() }));
const createRescueKeySchema = v.object({
  outcome: v.picklist(['created', 'exists', 'malformed', 'forbidden']),
});
const reportQuarantineSchema = v.object({
  open: count,
  resolved: count,
  records: v.array(
    v.object({
      id: uuidSchema,
      tablet: uuidSchema,
      outcome: v.picklist(['conflict', 'refused']),
      reason: v.string(),
      /** JSON text as a rule; whatever was sent, when that was none. */
      record: v.string(),
      received_at: v.string(),
      resolved_at: v.nullable(v.string()),
    }),
  ),
});
/** One page of the quarantine, and how many there are in all. */
export type ReportQuarantine = v.InferOutput<typeof reportQuarantineSchema>;
export type QuarantineEntry = ReportQuarantine['records'][number];

const resendSchema = v.object({
  outcome: v.picklist([...RECORD_OUTCOMES, 'resolved', 'too_large', 'forbidden']),
  reason: v.optional(v.string()),
});
export type ResendReply = v.InferOutput<typeof resendSchema>;
/** A PIN as the server keeps it: 16 bytes of salt and 32 of hash, in hex. */
export type HashedPin = { salt: string; hash: string };

export type NewOrganization = {
  name: string;
  defaultLocale: Locale;
  locationName: string;
  timeZone: string;
  survey: Survey;
  demo?: boolean;
};

/** What a signed-in owner, manager or analyst can ask of the server. Every reply is parsed; nothing here throws. */
export function ownerCalls(client: OwnerClient) {
  async function read<Schema extends v.GenericSchema>(
    schema: Schema,
    request: PromiseLike<{ data: unknown; error: { code?: string; message: string } | null; status: number }>,
  ): Promise<Result<v.InferOutput<Schema>>> {
    let reply: Awaited<typeof request>;
    try {
      reply = await request;
    } catch (cause) {
      return { ok: false, failure: { code: 'unreachable', cause } };
    }
    if (reply.error) {
      // supabase-js reports a request that got no answer as an error with status 0.
      return reply.status === 0
        ? { ok: false, failure: { code: 'unreachable', cause: reply.error } }
        : { ok: false, failure: failureOfResponse(reply.status, reply.error.code, null) };
    }
    const parse = v.safeParse(schema, reply.data);
    return parse.success
      ? { ok: true, value: parse.output }
      : {
          ok: false,
          failure: { code: 'bad_reply', cause: parse.issues.map((issue) => v.getDotPath(issue)) },
        };
  }

  return {
    organizations: () =>
      read(
        organizationsSchema,
        client
          .from('organizations')
          .select('id, name, default_locale, is_demo')
          .order('created_at')
          .limit(100),
      ),
    locations: (org: string) =>
      read(
        locationsSchema,
        client
          .from('locations')
          .select('id, name, time_zone, region, opening_hours')
          .eq('org_id', org)
          .order('name')
          .limit(1000),
      ),
    surveyVersions: (org: string) =>
      read(
        surveyVersionsSchema,
        client
          .from('survey_versions')
          .select('id, number, definition')
          .eq('org_id', org)
          .order('number', { ascending: false })
          .limit(100),
      ),
    createOrganization: (organization: NewOrganization) =>
      read(
        createOrganizationSchema,
        client.rpc('create_organization', {
          name: organization.name,
          default_locale: organization.defaultLocale,
          location_name: organization.locationName,
          time_zone: organization.timeZone,
          survey: JSON.stringify(organization.survey),
          demo: organization.demo ?? false,
        }),
      ),
    addLocation: (org: string, name: string, timeZone: string) =>
      read(addLocationSchema, client.rpc('add_location', { org, name, time_zone: timeZone })),
    addTablet: (org: string, location: string, name: string) =>
      read(addTabletSchema, client.rpc('add_tablet', { org, location, name })),
    createPairingCode: (org: string, tablet: string) =>
      read(pairingCodeSchema, client.rpc('create_pairing_code', { org, tablet })),
    revokePairing: (org: string, pairing: string) =>
      read(revokeSchema, client.rpc('revoke_pairing', { org, pairing })),
    addStaff: (org: string, name: string, pin: HashedPin) =>
      read(addStaffSchema, client.rpc('add_staff', { org, name, pin_salt: pin.salt, pin_hash: pin.hash })),
    setStaffPin: (org: string, staff: string, pin: HashedPin) =>
      read(
        setStaffPinSchema,
        client.rpc('set_staff_pin', { org, staff, pin_salt: pin.salt, pin_hash: pin.hash }),
      ),
    removeStaff: (org: string, staff: string) =>
      read(removeStaffSchema, client.rpc('remove_staff', { org, staff })),
    /** Null makes them unknown again. Answers that are there keep their flags. */
    setOpeningHours: (org: string, location: string, hours: OpeningHours | null) =>
      read(
        openingHoursOutcomeSchema,
        client.rpc('set_opening_hours', {
          org,
          location,
          // The generated types know of no argument that may be null.
          hours: (hours && JSON.stringify(hours)) as string,
        }),
      ),
    /** Says that the losses which `tablet` tells of have been seen; those after it have not. */
    acknowledgeLosses: (org: string, pairing: string, { lost, missing, seq_clashes }: ReportTablet) =>
      read(
        acknowledgeSchema,
        client.rpc('acknowledge_losses', { org, pairing, lost, missing, clashes: seq_clashes }),
      ),
    /** records: a JSON array of record drafts as text, at most 500 of them and 1,000,000 bytes. */
    importRecords: (org: string, location: string, nonce: string, records: string) =>
      read(importSchema, client.rpc('import_records', { org, location, nonce, records })),
    /** records: a JSON array of a rescue file's records as text, at most 500 of them and 1,000,000 bytes. */
    importRescue: (org: string, nonce: string, records: string) =>
      read(importSchema, client.rpc('import_rescue', { org, nonce, records })),
    /** The shop's key pair, for who may import a rescue file; empty while there is none. */
    rescueKeys: (org: string) =>
      read(
        rescueKeysSchema,
        client.from('rescue_keys').select('public_key, private_key').eq('org_id', org).limit(1),
      ),
    createRescueKey: (org: string, publicKey: string, privateKey: string) =>
      read(
        createRescueKeySchema,
        client.rpc('create_rescue_key', { org, public_key: publicKey, private_key: privateKey }),
      ),
    /** A page of the quarantine, newest first; `after` is the last one of the page before. A page of 0 only counts. */
    reportQuarantine: (org: string, resolved: boolean, pageSize: number, after?: QuarantineEntry) =>
      read(
        reportQuarantineSchema,
        client.rpc('report_quarantine', {
          org,
          resolved,
          page_size: pageSize,
          ...(after && { before_at: after.received_at, before_id: after.id }),
        }),
      ),
    /** body: the answer's JSON text, as it was or mended. */
    resendQuarantined: (org: string, quarantined: string, body: string) =>
      read(resendSchema, client.rpc('resend_quarantined', { org, quarantined, body })),
    reportAnswers: (org: string, filter: ReportFilter) =>
      read(
        reportAnswersSchema,
        client.rpc('report_answers', {
          org,
          from_date: filter.from,
          to_date: filter.to,
          ...(filter.location && { location: filter.location }),
          ...(filter.tablet && { tablet: filter.tablet }),
        }),
      ),
    /** A page of comments, newest first; `after` is the last one of the page before. */
    reportComments: (org: string, filter: ReportFilter, pageSize: number, after?: ReportComment) =>
      read(
        reportCommentsSchema,
        client.rpc('report_comments', {
          org,
          from_date: filter.from,
          to_date: filter.to,
          page_size: pageSize,
          ...(filter.location && { location: filter.location }),
          ...(filter.tablet && { tablet: filter.tablet }),
          ...(after && { before_at: after.occurred_at, before_id: after.id }),
        }),
      ),
    reportTablets: (org: string) => read(reportTabletsSchema, client.rpc('report_tablets', { org })),
    reportStaff: (org: string) => read(reportStaffSchema, client.rpc('report_staff', { org })),
    /** At most 100 ranges. */
    missingSeqs: (org: string, pairing: string) =>
      read(missingSeqsSchema, client.rpc('missing_seqs', { org, pairing })),
    /** Changes when anything a report shows may have changed. */
    reportPulse: (org: string) => read(v.string(), client.rpc('report_pulse', { org })),
  };
}

export type OwnerCalls = ReturnType<typeof ownerCalls>;
