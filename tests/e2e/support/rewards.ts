import { randomUUID } from 'node:crypto';
import type { Reward } from '../../../src/domain/reward';
import type { TestShop } from './shop';
import type { VernaServer } from './verna-server';

/** What a shop offers for points, from a day ago on; returns its id. */
export async function offerReward(
  { backend }: VernaServer,
  { organization }: TestShop,
  reward: Pick<Reward, 'name' | 'cost'> & Partial<Reward>,
): Promise<string> {
  const id = randomUUID();
  const whole: Reward = { stock: null, from: null, until: null, picture: null, ...reward };
  await backend.sql.query('insert into public.rewards (org_id, id) values ($1, $2)', [organization, id]);
  await backend.sql.query(
    `insert into public.reward_versions (org_id, reward_id, valid_from, reward, created_by)
     values ($1, $2, now() - interval '1 day', $3::text::jsonb, $1)`,
    [organization, id, JSON.stringify(whole)],
  );
  return id;
}
