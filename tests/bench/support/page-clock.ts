import type { BrowserContext } from '@playwright/test';

/** Times of one page, in ms; installed before the page's own code and the same for Verna and its floor. */
export type PageClock = {
  /** From the start of navigation until the first face is painted and takes a touch. */
  startMs: Promise<number>;
  /** Of the next tap: from the finger leaving the glass until the screen that says so is painted. */
  nextTapMs: () => Promise<number>;
};

declare global {
  interface Window {
    pageClock: PageClock;
  }
}

/**
 * A change is taken for painted in the first message after its animation frame: style, layout and paint of the frame
 * lie between the two. The browser's own Event Timing would stop at the first paint after the tap, which may be
 * before the answer is on the disk.
 */
function installPageClock(): void {
  const painted = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });

  const appeared = (isThere: () => boolean) =>
    new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document, { childList: true, subtree: true, characterData: true });
    });

  const face = () => document.querySelector('main button');
  const takesTouch = () => {
    const box = face()?.getBoundingClientRect();
    const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return hit?.closest('button') === face();
  };
  const start = async () => {
    await appeared(() => face() !== null);
    for (;;) {
      const at = await painted();
      if (takesTouch()) return at;
    }
  };

  let releasedAt = NaN;
  // The hardware's time, not the handler's: waiting for a busy main thread counts.
  addEventListener('pointerup', ({ timeStamp }) => (releasedAt = timeStamp), {
    capture: true,
    passive: true,
  });
  const nextTapMs = async () => {
    await appeared(() => Boolean(document.querySelector('[role="status"]')?.textContent?.trim()));
    return (await painted()) - releasedAt;
  };

  window.pageClock = { startMs: start(), nextTapMs };
}

/** Every page opened in this browser from now on has a clock. */
export async function addPageClock(context: BrowserContext): Promise<void> {
  // tsx names functions by a helper that only Node has.
  await context.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  await context.addInitScript(installPageClock);
}
