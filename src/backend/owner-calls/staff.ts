import * as v from 'valibot';
import { uuidSchema } from '../../domain/record';
import { STAFF_RIGHTS, type StaffRight } from '../../domain/staff-rights';
import type { OwnerClient } from '../owner-client';
import { readReply } from './read-reply';

const reportStaffSchema = v.array(
  v.object({
    staff: uuidSchema,
    name: v.string(),
    rights: v.array(v.picklist(STAFF_RIGHTS)),
    /** The latest unlocking that has arrived, and at which tablet it was. */
    last_unlock: v.nullable(v.object({ at: v.string(), tablet: uuidSchema })),
  }),
);

/** Somebody with a PIN, as the owner sees them. */
export type ReportStaff = v.InferOutput<typeof reportStaffSchema>[number];

const addStaffSchema = v.variant('outcome', [
  v.object({ outcome: v.literal('created'), staff: uuidSchema }),
  v.object({ outcome: v.picklist(['forbidden', 'bad_name', 'bad_pin', 'bad_rights', 'name_taken']) }),
]);

const setStaffPinSchema = v.object({ outcome: v.picklist(['changed', 'forbidden', 'bad_pin']) });

const setStaffRightsSchema = v.object({ outcome: v.picklist(['changed', 'forbidden', 'bad_rights']) });

const removeStaffSchema = v.object({ outcome: v.picklist(['removed', 'forbidden']) });

/** A PIN as the server keeps it: 16 bytes of salt and 32 of hash, in hex. */
export type HashedPin = { salt: string; hash: string };

/** Those who unlock a tablet with a PIN. */
export const staffCalls = (client: OwnerClient) => ({
  /** rights: everything, unless it is said. */
  addStaff: (org: string, name: string, pin: HashedPin, rights: readonly StaffRight[] = STAFF_RIGHTS) =>
    readReply(
      addStaffSchema,
      client.rpc('add_staff', {
        org,
        name,
        pin_salt: pin.salt,
        pin_hash: pin.hash,
        rights: JSON.stringify(rights),
      }),
    ),
  setStaffPin: (org: string, staff: string, pin: HashedPin) =>
    readReply(
      setStaffPinSchema,
      client.rpc('set_staff_pin', { org, staff, pin_salt: pin.salt, pin_hash: pin.hash }),
    ),
  setStaffRights: (org: string, staff: string, rights: readonly StaffRight[]) =>
    readReply(
      setStaffRightsSchema,
      client.rpc('set_staff_rights', { org, staff, rights: JSON.stringify(rights) }),
    ),
  removeStaff: (org: string, staff: string) =>
    readReply(removeStaffSchema, client.rpc('remove_staff', { org, staff })),
  reportStaff: (org: string) => readReply(reportStaffSchema, client.rpc('report_staff', { org })),
});
