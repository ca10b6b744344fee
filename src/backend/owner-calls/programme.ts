import * as v from 'valibot';
import { programmeSchema, type Programme } from '../../domain/member';
import type { OwnerClient } from '../owner-client';
import { readReply } from './read-reply';

const reportProgrammeSchema = v.object({
  /** Null while there is none. */
  programme: v.nullable(programmeSchema),
  /** Since when that is so; null when there never was one. */
  valid_from: v.nullable(v.string()),
});
export type ReportProgramme = v.InferOutput<typeof reportProgrammeSchema>;

const setProgrammeSchema = v.object({ outcome: v.picklist(['saved', 'bad_programme', 'forbidden']) });

/** The rules by which members collect points. */
export const programmeCalls = (client: OwnerClient) => ({
  reportProgramme: (org: string) => readReply(reportProgrammeSchema, client.rpc('report_programme', { org })),
  /** Holds from now on; null ends it. */
  setProgramme: (org: string, programme: Programme | null) =>
    readReply(
      setProgrammeSchema,
      client.rpc('set_programme', {
        org,
        // The generated types know of no argument that may be null.
        programme: (programme && JSON.stringify(programme)) as string,
      }),
    ),
});
