/** An app on an iPad's home screen has no downloads: there a file leaves through the share sheet alone. */
export function needsShareSheet(file: File): boolean {
  const { standalone } = navigator as Navigator & { standalone?: boolean };
  return standalone === true && (navigator.canShare?.({ files: [file] }) ?? false);
}

/** Must be called from a touch. Resolves false when the sheet was closed without handing the file to anybody. */
export async function share(file: File): Promise<boolean> {
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false;
    throw error;
  }
}

export function download(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  // The browser may not have begun to read yet; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
