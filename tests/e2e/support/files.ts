import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file of a browser's profile folder whose bytes hold a text, in either of the encodings that browsers write. */
export async function filesHolding(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const utf16 = Buffer.from(text, 'utf16le');
  const holds = await Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(path);
      return bytes.includes(text) || bytes.includes(utf16);
    }),
  );
  return paths.filter((_, index) => holds[index]);
}
