/**
 * Keeps the screen on while the page is visible. The browser drops the lock whenever the page is hidden, so it is
 * asked for again each time. A browser that refuses (low battery) or has no such thing dims: the kiosk works on.
 * Returns what stops it.
 */
export function keepScreenOn(): () => void {
  let sentinel: WakeLockSentinel | undefined;
  const request = (): void => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    navigator.wakeLock.request('screen').then(
      (lock) => (sentinel = lock),
      () => {},
    );
  };
  request();
  document.addEventListener('visibilitychange', request);
  return () => {
    document.removeEventListener('visibilitychange', request);
    void sentinel?.release();
  };
}
