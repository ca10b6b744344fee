import { PLAIN_TERMS, type Enrolment, type Programme } from '../../../src/domain/member';
import type { SaveResult } from '../../../src/domain/sync';
import type { Invitation } from '../../../src/membership/invitation';

const programme: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 0,
  points_per_visit: 1,
  points_per_amount: null,
  welcome_points: 10,
  birthday_points: 5,
  ...PLAIN_TERMS,
};

const SALT = '5a'.repeat(32);
export const ENROLMENT_ID = '018f3c1e-7b2a-7c3d-8e4f-00000000ab1e';

/** A tablet's store whose next result the test decides. */
export class EnrolmentStore {
  saved: Enrolment[] = [];
  next: SaveResult | Promise<SaveResult> = { outcome: 'saved', id: ENROLMENT_ID };

  save = async (body: Enrolment): Promise<SaveResult> => {
    const result = await this.next;
    if (result.outcome === 'saved') this.saved.push(body);
    return result;
  };
}

export function invitationWith(store: EnrolmentStore, given: Partial<Programme> = {}): Invitation {
  return { shop: 'Golden Rye', programme: { ...programme, ...given }, directorySalt: SALT, save: store.save };
}
