/**
 * Runs work once what the screen shows now has been painted and whoever waited for that has had a turn: a frame's
 * callbacks run before its paint, so the work waits for the frame after, and then for a task of its own. A hidden page
 * has no frames; there a timer decides. Returns what cancels it.
 */
export function afterPaint(work: () => void): () => void {
  let frame = 0;
  const cancel = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = (): void => {
    cancel();
    work();
  };
  let timer = setTimeout(run, 250);
  frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      timer = setTimeout(run);
    });
  });
  return cancel;
}
