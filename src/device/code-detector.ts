/** Reads the codes in a picture; the browser's BarcodeDetector, as far as it is used here. */
export type CodeDetector = { detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> };

type DetectorClass = {
  new (options: { formats: string[] }): CodeDetector;
  getSupportedFormats(): Promise<string[]>;
};

/** Null where the browser reads no QR codes: https://developer.mozilla.org/docs/Web/API/Barcode_Detection_API */
export async function codeDetector(): Promise<CodeDetector | null> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  try {
    const formats = await BarcodeDetector?.getSupportedFormats();
    return BarcodeDetector && formats?.includes('qr_code')
      ? new BarcodeDetector({ formats: ['qr_code'] })
      : null;
  } catch {
    // The platform's own reader is missing or refuses to start.
    return null;
  }
}
