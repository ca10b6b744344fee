import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import { LOCALES, type Locale } from '../../domain/locale';
import { openingHoursSchema, type OpeningHours } from '../../domain/opening-hours';
import { surveySchema, type Survey } from '../../domain/survey';
import type { OwnerClient } from '../owner-client';
import { readReply } from './read-reply';

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

const openingHoursOutcomeSchema = v.object({ outcome: v.picklist(['saved', 'bad_hours', 'forbidden']) });

const TEAM_ROLES = ['owner', 'manager', 'analyst'] as const;

export type NewOrganization = {
  name: string;
  defaultLocale: Locale;
  locationName: string;
  timeZone: string;
  survey: Survey;
  demo?: boolean;
};

/** The shop itself: its places, their hours, its questions. */
export const shopCalls = (client: OwnerClient) => ({
  organizations: () =>
    readReply(
      organizationsSchema,
      client.from('organizations').select('id, name, default_locale, is_demo').order('created_at').limit(100),
    ),
  locations: (org: string) =>
    readReply(
      locationsSchema,
      client
        .from('locations')
        .select('id, name, time_zone, region, opening_hours')
        .eq('org_id', org)
        .order('name')
        .limit(1000),
    ),
  surveyVersions: (org: string) =>
    readReply(
      surveyVersionsSchema,
      client
        .from('survey_versions')
        .select('id, number, definition')
        .eq('org_id', org)
        .order('number', { ascending: false })
        .limit(100),
    ),
  /** What the signed-in person is in this shop; null for nobody of the team. */
  myRole: (org: string) => readReply(v.nullable(v.picklist(TEAM_ROLES)), client.rpc('my_role', { org })),
  createOrganization: (organization: NewOrganization) =>
    readReply(
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
  /** region: empty for none. */
  addLocation: (org: string, name: string, timeZone: string, region = '') =>
    readReply(
      addLocationSchema,
      client.rpc('add_location', { org, name, time_zone: timeZone, ...(region && { region }) }),
    ),
  /** Null makes them unknown again. Answers that are there keep their flags. */
  setOpeningHours: (org: string, location: string, hours: OpeningHours | null) =>
    readReply(
      openingHoursOutcomeSchema,
      client.rpc('set_opening_hours', {
        org,
        location,
        // The generated types know of no argument that may be null.
        hours: (hours && JSON.stringify(hours)) as string,
      }),
    ),
  /** Changes when anything a report shows may have changed. */
  reportPulse: (org: string) => readReply(v.string(), client.rpc('report_pulse', { org })),
});
