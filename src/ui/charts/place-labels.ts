export type Box = { x: number; y: number; width: number; height: number };

/** A dot that wants a label, in pixels. */
export type LabelledDot = { x: number; y: number; width: number };

/** Room that a dot needs for itself, from its middle. */
const DOT = 8;
const DISTANCES = [12, 20, 32, 48, 68, 92, 120, 150, 184, 222];

/** Right, left, above, below and between: where a reader looks first stands first. */
const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
  [0, -1],
  [0, 1],
] as const;

/**
 * Where each label goes, so that none covers another, a dot or what is kept free, and all lie within the frame; rather further away than
 * across one of the lines. Null where there is no room at all. Pure, so the same dots always get the same places.
 */
export function placeLabels(
  dots: readonly LabelledDot[],
  {
    height,
    frame,
    keptFree,
    lines,
  }: { height: number; frame: Box; keptFree: readonly Box[]; lines: readonly Box[] },
): (Box | null)[] {
  const placed: Box[] = [...keptFree];
  const taken = dots.map(({ x, y }) => ({ x: x - DOT, y: y - DOT, width: 2 * DOT, height: 2 * DOT }));
  return dots.map((dot) => {
    let best: { box: Box; cost: number } | null = null;
    for (const box of candidates(dot, height)) {
      if (!isWithin(box, frame)) continue;
      if (placed.some((other) => meet(box, other)) || taken.some((other) => meet(box, other))) continue;
      const away = Math.hypot(box.x + box.width / 2 - dot.x, box.y + height / 2 - dot.y) - box.width / 2;
      const cost = away + 24 * lines.filter((line) => meet(box, line)).length;
      if (best === null || cost < best.cost) best = { box, cost };
    }
    if (best) placed.push(best.box);
    return best?.box ?? null;
  });
}

function candidates({ x, y, width }: LabelledDot, height: number): Box[] {
  return DISTANCES.flatMap((away) =>
    DIRECTIONS.map(([right, down]) => ({
      x: x - width / 2 + right * (width / 2 + (down === 0 ? away : 4)),
      y: y - height / 2 + down * (height / 2 + away - (right === 0 ? 0 : 4)),
      width,
      height,
    })),
  );
}

const isWithin = (box: Box, frame: Box): boolean =>
  box.x >= frame.x &&
  box.y >= frame.y &&
  box.x + box.width <= frame.x + frame.width &&
  box.y + box.height <= frame.y + frame.height;

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
