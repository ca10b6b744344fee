import { pageAt, shopPages } from '../pages';
import type { PageCode } from './page-code.svelte';

/** A page that has shown its figures by then is not disturbed, and one that has not is no worse off. */
const QUIET_MS = 3_000;

/**
 * Fetches the code of a page when a link to it is pointed at, and of all pages once nothing else is to be done, so that
 * they open at once and without the network too. Whoever pays for each byte (Save-Data) gets only what they ask for.
 * Returns what stops it.
 */
export function prefetchPages(code: PageCode): () => void {
  const point = ({ target }: Event): void => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="/admin"]') : null;
    const found = link && pageAt(link.pathname);
    if (found) void code.prefetch(found.page);
  };
  document.addEventListener('pointerover', point, { passive: true });
  document.addEventListener('focusin', point);

  let isStopped = false;
  const next = async (left: readonly ReturnType<typeof shopPages>[number][]): Promise<void> => {
    const [page, ...others] = left;
    if (!page || isStopped) return;
    await whenIdle();
    await code.prefetch(page);
    await next(others);
  };
  const timer = setTimeout(() => {
    if (!savesData()) void next(shopPages());
  }, QUIET_MS);

  return () => {
    isStopped = true;
    clearTimeout(timer);
    document.removeEventListener('pointerover', point);
    document.removeEventListener('focusin', point);
  };
}

/** Safari has no requestIdleCallback; there a moment's rest has to do. */
const whenIdle = (): Promise<void> =>
  new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done());
    else setTimeout(done, 100);
  });

/** https://wicg.github.io/savedata/: not in every browser, and so not in the types. */
const savesData = (): boolean =>
  (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true;
