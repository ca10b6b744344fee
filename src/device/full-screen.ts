/*
 * A page cannot keep anybody from leaving full screen; it can only go back to it, and browsers let it do so at a touch
 * and not before. The wish outlives the page: from the staff's page to the kiosk is a new one.
 */
const KEY = 'verna.full-screen';

/** Whether this browser can, and does not already: an app on the home screen has no other look. */
export const canFillScreen = (): boolean =>
  document.fullscreenEnabled && !matchMedia('(display-mode: fullscreen)').matches;

export function wantsFullScreen(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Quietly does nothing where the browser refuses to remember. */
export function wishFullScreen(isWished: boolean): void {
  try {
    if (isWished) localStorage.setItem(KEY, 'yes');
    else localStorage.removeItem(KEY);
  } catch {
    // Forbidden.
  }
}

/** Fills the screen at the next touch where that is wished, and again after somebody has left it, until stopped. */
export function keepFullScreen(): () => void {
  const fill = () => {
    if (document.fullscreenElement || !document.fullscreenEnabled || !wantsFullScreen()) return;
    void document.documentElement.requestFullscreen({ navigationUI: 'hide' }).then(holdEscape, () => {});
  };
  addEventListener('click', fill);
  return () => removeEventListener('click', fill);
}

/** In Chromium Escape then leaves only when it is held for two seconds. */
async function holdEscape(): Promise<void> {
  const { keyboard } = navigator as { keyboard?: { lock?: (keys: string[]) => Promise<void> } };
  await keyboard?.lock?.(['Escape']).catch(() => {});
}
