import { openPostgresBackend } from '../../supabase/embedded/backend';
import { serve } from '../../supabase/embedded/serve';
import { createShop } from '../e2e/support/shop';
import { startPostgres } from '../support/databases';
import { openChain, populate, TABLETS, type Chain } from './scale/chain';
import { CONNECTIONS, mintBatches, sendBatches } from './scale/load';
import { reportsOf, timeReports } from './scale/reports';
import type { Bench } from './support/bench';
import type { Figure } from './support/figure';
import { withResources } from './support/resources';
import { median, p95 } from './support/statistics';

const SMALL = 1_000_000;
const LARGE = 10_000_000;
const MOST_REPORT_MS = 100;
const MOST_GROWTH = 1.5;
const MOST_SLOWDOWN = 2;
const ANSWERS_A_SECOND = 5_000;

const INGEST = `
  select (reply ->> 'outcome' <> 'accepted' or reply -> 'records' @? '$[*] ? (@.outcome != "stored")') as refused
  from (select public.ingest($1::uuid, $2::text, 'bench', $3::text) as reply) as replied`;
/** What it costs to get as many rows onto the disk with no rule at all. */
const BARE = `
  with stored as (
    insert into bench.bare select (record ->> 'id')::uuid, $1::uuid, $2::text, record from jsonb_array_elements($3::text::jsonb) as record
    returning id
  ) select count(*) = 0 as refused from stored`;

export const scale: Bench = {
  name: 'scale',
  method:
    `${LARGE.toLocaleString('en')} answers of ${TABLETS.toLocaleString('en')} tablets over two years on Postgres with fsync; floor of the ` +
    `reports: the same with ${SMALL.toLocaleString('en')}; floor of the load: as many rows into a bare table`,
  run: ({ dist, quick }) =>
    withResources(async (resources) => {
      const [small, large] = quick ? [SMALL / 50, LARGE / 50] : [SMALL, LARGE];
      const server = await resources.keep(startPostgres({ isDurable: true }), ({ stop }) => stop());
      const url = await server.createDatabase('bench');
      const backend = await resources.keep(openPostgresBackend(url), ({ close }) => close());
      const serving = await resources.keep(serve({ backend, dist, port: 0 }), ({ close }) => close());
      const shop = await createShop(serving.url);
      const chain = await openChain(backend.sql, shop.organization);
      const reports = reportsOf(chain);
      const times = quick ? 5 : 40;

      const grow = async (from: number, to: number) => {
        await populate(backend.sql, chain, { from, to });
        for (let hasMore = true; hasMore;) {
          const [rolled] = await backend.sql.query<{ more: boolean }>(
            'select private.roll_up($1, 50) as more',
            [chain.org],
          );
          hasMore = rolled!.more;
        }
        await backend.sql.exec('analyze');
        return timeReports(url, chain, reports, times);
      };
      const before = await grow(0, small);
      const after = await grow(small, large);
      const figures: Figure[] = reports.map(({ what }, at) => ({
        what: `${what}, p95`,
        ms: p95(after[at]!),
        floor: { what: 'a tenth of the answers', ms: p95(before[at]!) },
        budget: { ms: MOST_REPORT_MS },
      }));
      const sumOf = (all: number[][]) => all.reduce((sum, each) => sum + median(each), 0);
      figures.push({
        what: 'all of them, medians',
        ms: sumOf(after),
        floor: { what: 'a tenth of the answers', ms: sumOf(before) },
        budget: { ratio: MOST_GROWTH },
      });
      return [...figures, ...(await underLoad(url, chain, quick))];
    }),
};

async function underLoad(url: string, chain: Chain, quick: boolean): Promise<Figure[]> {
  const batchesEach = quick ? 4 : 40;
  const bare = await openPostgresBackend(url);
  await bare.sql.exec(
    'create schema bench; create table bench.bare (id uuid primary key, pairing uuid, secret text, record jsonb)',
  );
  await bare.close();
  const reports = reportsOf(chain).filter(({ what }) => what === 'scores of the shop, 90 days');
  const [idle] = await timeReports(url, chain, reports, 20);
  const floor = await sendBatches(url, mintBatches(chain, batchesEach, 0), BARE);
  const alone = await sendBatches(url, mintBatches(chain, batchesEach, 0), INGEST);
  const [beside, busy] = await Promise.all([
    sendBatches(url, mintBatches(chain, batchesEach, CONNECTIONS), INGEST),
    timeReports(url, chain, reports, 20),
  ]);
  const perThousand = ({ ms, answers }: { ms: number; answers: number }) => (ms / answers) * 1_000;
  const note = `${Math.round((alone.answers / alone.ms) * 1000).toLocaleString('en')} answers/s`;
  return [
    {
      what: `1,000 answers through ingest from ${CONNECTIONS} connections`,
      ms: perThousand(alone),
      floor: { what: 'into a bare table', ms: perThousand(floor) },
      budget: { ms: 1_000_000 / ANSWERS_A_SECOND },
      note,
    },
    {
      what: '1,000 answers while the owner reads',
      ms: perThousand(beside),
      floor: { what: 'into a bare table', ms: perThousand(floor) },
    },
    {
      what: 'scores of the shop, 90 days, meanwhile',
      ms: median(busy[0]!),
      floor: { what: 'idle', ms: median(idle!) },
      budget: { ratio: MOST_SLOWDOWN },
    },
  ];
}
