import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchTablet, type Tablet } from '../../e2e/support/tablet';

/** What a bench has opened; all of it is closed in the opposite order, whatever happens. */
export type Resources = {
  /** Keeps `thing` until the end, when `close` is called. */
  keep: <Thing>(thing: Promise<Thing> | Thing, close: (thing: Thing) => Promise<unknown>) => Promise<Thing>;
  /** A folder that is deleted at the end. */
  keepFolder: (path: Promise<string>) => Promise<string>;
  /** A browser on an empty profile. */
  openTablet: () => Promise<Tablet>;
};

export async function withResources<Value>(work: (resources: Resources) => Promise<Value>): Promise<Value> {
  const closers: (() => Promise<unknown>)[] = [];
  const resources: Resources = {
    keep: async (thing, close) => {
      const kept = await thing;
      closers.push(() => close(kept));
      return kept;
    },
    keepFolder: (path) => resources.keep(path, (folder) => rm(folder, { recursive: true, force: true })),
    openTablet: async () => {
      const profile = await resources.keepFolder(mkdtemp(join(tmpdir(), 'verna-bench-profile-')));
      return resources.keep(launchTablet(profile), (tablet) => tablet.close());
    },
  };
  try {
    return await work(resources);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}
