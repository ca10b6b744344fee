import * as v from 'valibot';
import { callFunction, type CallContext } from './call-function';
import type { Result } from './failure';
import { parsed, throttledSchema, unthrottled, type Throttled } from './reply';
import { findMemberReplySchema, type Credentials, type FindMemberReply } from './tablet-calls';

/*
 * What a tablet asks for at the counter beside numbers: the member of a code, and a reward's picture.
 */

/** The member that any of their ids names. */
export async function findMemberByCode(
  credentials: Credentials,
  member: string,
  context?: CallContext,
): Promise<Result<FindMemberReply>> {
  const call = callFunction('find_member_by_code', { ...credentials, member }, context);
  return unthrottled(await parsed(findMemberReplySchema, call));
}

const rewardPictureReplySchema = v.variant('outcome', [
  throttledSchema,
  v.object({ outcome: v.literal('ok'), picture: v.pipe(v.string(), v.startsWith('data:image/')) }),
  v.object({ outcome: v.picklist(['unknown', 'revoked', 'unknown_pairing']) }),
]);
export type RewardPictureReply = Exclude<v.InferOutput<typeof rewardPictureReplySchema>, Throttled>;

/** A reward's picture as a data URL, by the SHA-256 of that URL in hex. */
export async function rewardPicture(
  credentials: Credentials,
  sha256: string,
  context?: CallContext,
): Promise<Result<RewardPictureReply>> {
  const call = callFunction('reward_picture', { ...credentials, sha256 }, context);
  return unthrottled(await parsed(rewardPictureReplySchema, call));
}
