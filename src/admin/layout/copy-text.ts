/**
 * Puts a text on the clipboard; false where the browser keeps it from pages (no secure address, a refusal, an old
 * browser), and the reader has to do it by hand.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
