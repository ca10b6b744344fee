import { afterPaint } from '../device/after-paint';

export type AfterFirstPaint = typeof import('./after-first-paint');

/**
 * Hands over the rest of the kiosk once the first screen has been painted; the returned function cancels. Should the
 * file not be had, a rating is still saved and said to be, and the idle reset brings the next customer's screen.
 */
export function loadAfterFirstPaint(then: (loaded: AfterFirstPaint) => void): () => void {
  let isWanted = true;
  const load = async () => {
    const loaded = await import('./after-first-paint');
    if (isWanted) then(loaded);
  };
  const cancel = afterPaint(() => void load());
  return () => {
    isWanted = false;
    cancel();
  };
}
