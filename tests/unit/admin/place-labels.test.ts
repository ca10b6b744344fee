import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Box, placeLabels } from '../../../src/ui/charts/place-labels';

const meet = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

it('keeps labels off one another, off the dots and within the frame, however the dots lie', () => {
  const frame = { x: 46, y: 30, width: 330, height: 300 };
  const corner = { x: 46, y: 30, width: 90, height: 26 };
  const dot = fc.record({
    x: fc.integer({ min: 56, max: 366 }),
    y: fc.integer({ min: 40, max: 320 }),
    width: fc.integer({ min: 40, max: 150 }),
  });
  const dots = fc.array(dot, { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(dots, (placed) => {
      const labels = placeLabels(placed, { height: 20, frame, keptFree: [corner], lines: [] });
      const shown = labels.filter((label) => label !== null);
      shown.forEach((label, at) => {
        for (const other of [corner, ...shown.slice(at + 1)]) expect(meet(label, other)).toBe(false);
        for (const { x, y } of placed)
          expect(meet(label, { x: x - 6, y: y - 6, width: 12, height: 12 })).toBe(false);
        expect(label.x >= frame.x && label.x + label.width <= frame.x + frame.width).toBe(true);
        expect(label.y >= frame.y && label.y + label.height <= frame.y + frame.height).toBe(true);
      });
      // Seven short names always find room; where they do not, the list beside the picture has them.
      expect(shown.length).toBe(placed.length);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('would rather stand elsewhere than across a line', () => {
  const frame = { x: 0, y: 0, width: 300, height: 200 };
  const dots = [{ x: 150, y: 100, width: 60 }];
  const [free] = placeLabels(dots, { height: 20, frame, keptFree: [], lines: [] });
  const whisker = { x: free!.x, y: free!.y + 9, width: free!.width, height: 2 };
  const [avoiding] = placeLabels(dots, { height: 20, frame, keptFree: [], lines: [whisker] });
  expect(meet(avoiding!, whisker)).toBe(false);
});

it('leaves a label out where there is no room at all', () => {
  const frame = { x: 0, y: 0, width: 50, height: 30 };
  expect(placeLabels([{ x: 25, y: 15, width: 80 }], { height: 20, frame, keptFree: [], lines: [] })).toEqual([
    null,
  ]);
});
