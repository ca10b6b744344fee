/** What the accent is read on: --paper in light, and the lightest of the dark scheme, its --surface. */
const LIGHT_PAPER = [0xf7, 0xf5, 0xf0] as const;
const DARK_SURFACE = [0x23, 0x21, 0x1e] as const;
const READABLE = 4.6;

type Rgb = readonly [number, number, number];

/** WCAG 2.2 relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2 contrast ratio, 1 to 21, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Moves a colour towards black or white in small steps until it can be read on the background. */
function readableOn(background: Rgb, colour: Rgb, towards: 0 | 255): Rgb {
  let mixed = colour;
  for (let part = 0.05; contrast(mixed, background) < READABLE && part <= 1; part += 0.05) {
    mixed = colour.map((value) => Math.round(value + (towards - value) * part)) as unknown as Rgb;
  }
  return mixed;
}

function parseHex(hex: string): Rgb | null {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  return parts && (parts.slice(1).map((part) => parseInt(part, 16)) as unknown as Rgb);
}

/**
 * The shop's colour as it may be used: darkened for the light scheme and lightened for the dark one until text in it
 * has at least 4.5:1, and so has --on-accent on it. Null for anything but `#rrggbb`.
 */
export function readableAccent(hex: string): { light: string; dark: string } | null {
  const colour = parseHex(hex);
  if (!colour) return null;
  const css = (rgb: Rgb) => `rgb(${rgb.join(' ')})`;
  return {
    light: css(readableOn(LIGHT_PAPER, colour, 0)),
    dark: css(readableOn(DARK_SURFACE, colour, 255)),
  };
}

/** Gives the page the shop's accent; the returned function gives Verna's own back. */
export function applyAccent(root: HTMLElement, hex: string | undefined): () => void {
  const accent = hex === undefined ? null : readableAccent(hex);
  if (!accent) return () => {};
  root.style.setProperty('--shop-accent-light', accent.light);
  root.style.setProperty('--shop-accent-dark', accent.dark);
  return () => {
    root.style.removeProperty('--shop-accent-light');
    root.style.removeProperty('--shop-accent-dark');
  };
}
