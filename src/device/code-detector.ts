/** Reads the codes in a picture; a BarcodeDetector, as far as it is used here. */
export type CodeDetector = { detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> };

type DetectorClass = {
  new (options: { formats: 'qr_code'[] }): CodeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
};

/**
 * The browser's own, or where it reads no QR codes (Safari, Firefox, Chromium on some systems) a library's in its place,
 * which takes a few times as long for a picture. Null where neither can be had.
 * See https://developer.mozilla.org/docs/Web/API/Barcode_Detection_API.
 */
export async function codeDetector(): Promise<CodeDetector | null> {
  const { BarcodeDetector: Own } = globalThis as { BarcodeDetector?: DetectorClass };
  return (await made(Own)) ?? (await made(await libraryDetector()));
}

/** Null where the platform's reader is missing or refuses to start. */
async function made(Detector: DetectorClass | undefined): Promise<CodeDetector | null> {
  try {
    const formats = await Detector?.getSupportedFormats();
    return Detector && formats?.includes('qr_code') ? new Detector({ formats: ['qr_code'] }) : null;
  } catch {
    return null;
  }
}

async function libraryDetector(): Promise<DetectorClass | undefined> {
  try {
    return (await import('qr/decode.js')).BarcodeDetector as DetectorClass;
  } catch {
    return undefined;
  }
}
