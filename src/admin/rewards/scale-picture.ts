/** Longest side of a reward's picture, in pixels: a tile on a tablet, sharp at twice its size. */
const MAX_SIDE = 512;
/** Longest data URL, in characters: tablets keep every picture and fetch it over a shop's network. */
export const MAX_PICTURE_LENGTH = 100_000;

const QUALITIES = [0.86, 0.72, 0.55];
/** Of the size that fits, tried in turn for what will not go below the limit otherwise. */
const SHRINKS = [1, 0.75, 0.5, 0.25];

export type Size = { width: number; height: number };

/** The size with the same sides to each other that fits into a square; nothing is made larger, no side becomes 0. */
export function fitInto({ width, height }: Size, side: number): Size {
  const factor = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/**
 * The first encoding that is short enough, the best looking first; null when none is. `encode` gives a data URL for a
 * size in pixels and a quality 0 … 1.
 */
export function firstShortEnough(encode: (size: Size, quality: number) => string, full: Size): string | null {
  for (const shrink of SHRINKS) {
    const size = fitInto(full, MAX_SIDE * shrink);
    for (const quality of QUALITIES) {
      const url = encode(size, quality);
      if (url.length <= MAX_PICTURE_LENGTH) return url;
    }
  }
  return null;
}

/** A file as the picture that tablets keep: a data URL of a WebP, or of a JPEG where the browser makes no WebP. Null when it is none. */
export async function scalePicture(file: Blob): Promise<string | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    // Whatever the browser can't decode: another kind of file, a broken one, a format of another system.
    return null;
  }
  try {
    return firstShortEnough((size, quality) => encoded(bitmap, size, quality), bitmap);
  } finally {
    bitmap.close();
  }
}

function encoded(bitmap: ImageBitmap, size: Size, quality: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  const webp = canvas.toDataURL('image/webp', quality);
  // Browsers that make none give a PNG instead (https://html.spec.whatwg.org/#a-serialisation-of-the-bitmap-as-a-file).
  if (webp.startsWith('data:image/webp')) return webp;
  // JPEG knows no transparency and would show black there.
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = 'white';
  context.fillRect(0, 0, size.width, size.height);
  return canvas.toDataURL('image/jpeg', quality);
}
