import { expect } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { askAs } from './ask-as';
import { PERIOD } from './count-recounts';
import type { MemberShop } from './member-shop';
import { SPLIT_RECOUNTS } from './split-histories';

/** What a split says must be what a count of the rows themselves says, of the shop and of one place. */
export async function expectSplitsToHold(
  backend: EmbeddedBackend,
  { org }: MemberShop,
  [near, far]: readonly [string, string],
  token: string,
  questions: readonly string[],
): Promise<void> {
  const asked = Object.keys(SPLIT_RECOUNTS).flatMap((dimension) =>
    (dimension === 'staff' ? [near, far] : [null, far]).flatMap((location) =>
      questions.map((question) => ({
        dimension: dimension as keyof typeof SPLIT_RECOUNTS,
        location,
        question,
      })),
    ),
  );
  const replies = await askAs(
    backend,
    token,
    asked.map(({ location, ...named }) => ({
      name: 'report_split',
      args: { org, ...PERIOD, ...named, ...(location && { location }) },
    })),
  );
  for (const [at, { dimension, location, question }] of asked.entries()) {
    const { values } = replies[at] as { values: { value: string; counts: number[][] }[] };
    const told = values
      .sort((a, b) => (a.value < b.value ? -1 : 1))
      .flatMap(({ value, counts }) => counts.map((cell) => [value, ...cell]));
    const [reply] = await backend.sql.query<{ counted: unknown }>(SPLIT_RECOUNTS[dimension], [
      org,
      location,
      question,
    ]);
    expect({ dimension, location, question, told }).toEqual({
      dimension,
      location,
      question,
      told: reply?.counted,
    });
  }
}
