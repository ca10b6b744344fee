import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type ProfileFile = { path: string; bytes: Buffer };

/** Every file that a browser keeps, as it lies on the disk. */
export async function filesIn(folder: string): Promise<ProfileFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path, bytes: await readFile(path) };
      }),
  );
}

/** The paths of the files that hold the text, in either of the encodings that browsers store texts in. */
export function holding(files: readonly ProfileFile[], text: string): string[] {
  return files
    .filter(({ bytes }) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')))
    .map(({ path }) => path);
}
