import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableAccent } from '../../../src/ui/accent';

/** WCAG 2.2 contrast of two colours given as three channels each. */
function contrast(a: number[], b: number[]): number {
  const luminance = (rgb: number[]) =>
    rgb
      .map((value) => value / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index]!, 0);
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

const schemesOf = (file: string) =>
  readFileSync(new URL(`../../../src/ui/${file}`, import.meta.url), 'utf8').split('@media') as [
    string,
    string,
  ];
const [lightTokens, darkTokens] = schemesOf('tokens.css');
const [lightCharts, darkCharts] = schemesOf('charts/charts.css');
const [lightCss, darkCss] = [lightTokens + lightCharts, darkTokens + darkCharts];

function token(scheme: string, name: string): number[] {
  const hex = new RegExp(`--${name}:[^;]*?#([0-9a-f]{6})`).exec(scheme)?.[1];
  if (!hex) throw new Error(`no colour --${name}`);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

const channels = (colour: string) => colour.match(/\d+/g)!.map(Number);

describe('any colour a shop may choose', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

  it('can be read as text and carries text, in light and dark', () => {
    fc.assert(
      fc.property(hex, (colour) => {
        const { light, dark } = readableAccent(colour)!;
        for (const background of ['paper', 'surface']) {
          expect(contrast(channels(light), token(lightCss, background))).toBeGreaterThanOrEqual(4.5);
          expect(contrast(channels(dark), token(darkCss, background))).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(channels(light), token(lightCss, 'on-accent'))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(channels(dark), token(darkCss, 'on-accent'))).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is when it can be read already', () => {
    expect(readableAccent('#12595f')?.light).toBe('rgb(18 89 95)');
    expect(readableAccent('teal')).toBeNull();
  });
});

describe.each([
  ['light', lightCss],
  ['dark', darkCss],
])('the %s tokens', (_, scheme) => {
  const text = [
    'ink',
    'ink-soft',
    'ink-muted',
    'accent',
    'better',
    'worse',
    'danger',
    'notice',
    'chart-label',
  ];

  it.each(['paper', 'surface'])('keep all text readable on %s', (background) => {
    const weak = text.filter((name) => contrast(token(scheme, name), token(scheme, background)) < 4.5);
    expect(weak).toEqual([]);
  });

  it('keep the drawing of every face readable on its colour', () => {
    for (const score of [1, 2, 3, 4, 5]) {
      const ratio = contrast(token(lightCss, 'on-score'), token(scheme, `score-${score}`));
      expect(ratio).toBeGreaterThanOrEqual(4.5);
    }
  });
});
