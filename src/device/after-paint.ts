/**
 * Runs work once what the screen shows now has been painted: a frame's callbacks run before its paint, so the work waits
 * for the task after that. A hidden page paints nothing; there the timer alone decides. Returns what cancels it.
 */
export function afterPaint(work: () => void): () => void {
  let task: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    clearTimeout(task);
    task = setTimeout(work);
  });
  task = setTimeout(() => {
    cancelAnimationFrame(frame);
    work();
  }, 250);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(task);
  };
}
