import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import type { Bench } from './support/bench';
import { buildBarePage, buildDevicePages } from './support/build-pages';
import { isOver, tableOf, type Figure } from './support/figure';
import { machineFacts } from './support/machine';
import { directory } from './directory';
import { drain } from './drain';
import { ingest } from './ingest';
import { owner } from './owner';
import { rivals } from './rivals';
import { scale } from './scale';
import { start } from './start';
import { store } from './store';
import { withResources } from './support/resources';
import { tap } from './tap';

/**
 * `npm run bench [-- --quick] [--only tap,drain] [--dist folder]`: what was promised to be fast, each figure beside the
 * floor that the same run measured. Exits with 1 when a budget is exceeded. Needs `npm run build` before.
 */

// The embedded backend's library reports usage unless told not to.
process.env['DO_NOT_TRACK'] = '1';

const USUAL: readonly Bench[] = [tap, store, start, owner, drain, ingest, directory];
/**
 * Only when asked for: rivals installs other stores' libraries on first use and judges nothing, scale fills gigabytes and
 * takes half an hour and more.
 */
const BENCHES: readonly Bench[] = [...USUAL, rivals, scale];

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: USUAL.map(({ name }) => name).join(',') },
    quick: { type: 'boolean', default: false },
    dist: { type: 'string', default: join(PROJECT_DIR, 'dist') },
  },
});
const wanted = values.only.split(',');
const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) throw new Error(`No bench is called ${unknown.join(', ')}`);
const dist = resolve(values.dist);
if (!existsSync(join(dist, 'index.html')))
  throw new Error(`No built app in ${dist}: run "npm run build" first.`);

console.log(machineFacts());
if (values.quick) console.log('quick     few repetitions: do not judge by them');

const startedAt = performance.now();
const all = await withResources(async ({ keepFolder }) => {
  const options = {
    dist,
    bareDist: await keepFolder(buildBarePage()),
    devicePages: await keepFolder(buildDevicePages()),
    quick: values.quick,
  };
  const figures: Figure[] = [];
  for (const bench of BENCHES.filter(({ name }) => wanted.includes(name))) {
    console.log(`\n${bench.name}: ${bench.method}`);
    const benchStartedAt = performance.now();
    const measured = await bench.run(options);
    figures.push(...measured);
    if (measured.length > 0) console.log(tableOf(measured));
    console.log(`(${seconds(benchStartedAt)})`);
  }
  return figures;
});

const over = all.filter(isOver);
if (all.length > 0) console.log(`\n${tableOf(all)}\n`);
console.log(
  `${over.length === 0 ? 'Every budget is kept' : `${over.length} budget(s) exceeded`} (${seconds(startedAt)}).`,
);
process.exit(over.length === 0 ? 0 : 1);

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(0)} s`;
}
