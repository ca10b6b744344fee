import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedBackend } from '../../../supabase/embedded/backend';
import { serve } from '../../../supabase/embedded/serve';
import type { DrainingTablet } from '../pages/record-store';
import { openPlainPage } from './plain-page';
import type { Resources } from './resources';

/** A tablet's queue in a browser, filled and emptied by each way; times in ms for `count` records. */
export type DrainingPage = {
  byVerna: (count: number) => Promise<number>;
  byLoop: (count: number, batch: number) => Promise<number>;
};

/** Opens the page on the backend's own origin, `pages` being the built device pages. */
export async function openDrainingPage(
  resources: Resources,
  { backend, pages, tablet }: { backend: EmbeddedBackend; pages: string; tablet: DrainingTablet },
): Promise<DrainingPage> {
  const { url } = await resources.keep(serve({ backend, dist: pages, port: 0 }), ({ close }) => close());
  const profile = await resources.keepFolder(mkdtemp(join(tmpdir(), 'verna-bench-profile-')));
  const page = await resources.keep(openPlainPage(`${url}/drain.html`, profile), ({ close }) => close());
  let nextSeq = 1;
  const run = (name: 'byVerna' | 'byLoop', count: number, ...more: number[]) => {
    const firstSeq = nextSeq;
    nextSeq += count;
    const args = [count, tablet, firstSeq, ...more].map((argument) => JSON.stringify(argument));
    return page.evaluate<number>(`window.drains.${name}(${args.join(', ')})`);
  };
  return {
    byVerna: (count) => run('byVerna', count),
    byLoop: (count, batch) => run('byLoop', count, batch),
  };
}
