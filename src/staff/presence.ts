/**
 * Tells when somebody touches the page and when another app comes to the front, until stopped. What a customer has told
 * must not lie open; how long it may lie untouched is for whoever shows it to say.
 */
export function watchPresence(touched: () => void, hidden: () => void): () => void {
  const visibilityChanged = () => document.visibilityState === 'hidden' && hidden();
  addEventListener('pointerdown', touched);
  addEventListener('keydown', touched);
  document.addEventListener('visibilitychange', visibilityChanged);
  return () => {
    removeEventListener('pointerdown', touched);
    removeEventListener('keydown', touched);
    document.removeEventListener('visibilitychange', visibilityChanged);
  };
}
