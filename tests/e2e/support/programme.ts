import { signIn } from '../../../src/backend/owner-session';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import { createNodeClient } from '../../../supabase/embedded/node-client';
import type { TestShop } from './shop';

export const BULGARIAN_PROGRAMME: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 0,
  points_per_visit: 1,
  points_per_amount: null,
  welcome_points: 10,
  birthday_points: 5,
  ...PLAIN_TERMS,
};

/** The owner begins a programme, before or after tablets are paired. */
export async function beginProgramme(url: string, shop: TestShop, programme = BULGARIAN_PROGRAMME) {
  const client = createNodeClient(url);
  await signIn(client, shop.email, shop.password);
  const { data } = await client.rpc('set_programme', {
    org: shop.organization,
    programme: JSON.stringify(programme),
  });
  if ((data as { outcome?: string } | null)?.outcome !== 'saved')
    throw new Error(`No programme: ${JSON.stringify(data)}`);
}
