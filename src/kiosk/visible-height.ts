/**
 * While attached, keeps --visible-height and --visible-top at what an on-screen keyboard leaves of the window. Browsers
 * cover the page instead of shrinking it (https://developer.chrome.com/blog/viewport-resize-behavior), and iPadOS also
 * pushes it up.
 */
export function followVisibleHeight(): (() => void) | void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const { style } = document.documentElement;
  const follow = () => {
    // While somebody has zoomed in to read, the same numbers mean something else.
    if (Math.abs(viewport.scale - 1) > 0.01) return;
    style.setProperty('--visible-height', `${viewport.height}px`);
    style.setProperty('--visible-top', `${viewport.offsetTop}px`);
  };
  follow();
  viewport.addEventListener('resize', follow);
  viewport.addEventListener('scroll', follow);
  return () => {
    viewport.removeEventListener('resize', follow);
    viewport.removeEventListener('scroll', follow);
    style.removeProperty('--visible-height');
    style.removeProperty('--visible-top');
  };
}
