import type { Attachment } from 'svelte/attachments';

/** As long as the lock on the staff's page waits. */
const LEFT_ALONE_MS = 120_000;

/**
 * While attached, calls `then` once nobody has touched the page for two minutes or another app has come to the front:
 * what a customer has told must not lie open.
 */
export function whenLeftAlone(then: () => void): Attachment {
  return () => {
    let timer: ReturnType<typeof setTimeout>;
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(then, LEFT_ALONE_MS);
    };
    const hidden = () => document.visibilityState === 'hidden' && then();
    touched();
    addEventListener('pointerdown', touched);
    addEventListener('keydown', touched);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointerdown', touched);
      removeEventListener('keydown', touched);
      document.removeEventListener('visibilitychange', hidden);
    };
  };
}
