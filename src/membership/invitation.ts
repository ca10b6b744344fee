import type { TabletSettings } from '../backend/tablet-calls';
import type { Enrolment, Programme } from '../domain/member';
import type { SaveResult } from '../domain/sync';

/** The shop's programme and how to join it: what a screen needs that offers it. */
export type Invitation = {
  shop: string;
  programme: Programme;
  /** 32 bytes in hex, of the organization. */
  directorySalt: string;
  /** Resolves 'saved' only once the enrolment is durable; never rejects for what is expected. */
  save: (body: Enrolment) => Promise<SaveResult>;
};

/** Null while the shop has no programme. */
export function invitationOf(
  { organization, membership }: Pick<TabletSettings, 'organization' | 'membership'>,
  save: Invitation['save'],
): Invitation | null {
  if (!membership) return null;
  const { programme, directory_salt: directorySalt } = membership;
  return { shop: organization.name, programme, directorySalt, save };
}
