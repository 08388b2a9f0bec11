import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareTexts } from '#foundation/index.ts';
import { type Lesson, parseLesson } from './lesson.ts';

declare const PLIMSOLL_BUNDLED: boolean | undefined;

/** Where lessons lie: among the sources, or in the bundle beside the main program or one level above a chunk. */
function contentDirectory(): string {
  const place = typeof PLIMSOLL_BUNDLED === 'undefined' ? '../../../content/lessons' : './lessons';
  const beside = new URL(place, import.meta.url);
  return fileURLToPath(existsSync(beside) ? beside : new URL('../lessons', import.meta.url));
}

let loaded: Promise<readonly Lesson[]> | undefined;

/** All lessons, by id. They are read once; one that cannot be read is a fault of the program. */
export function lessons(): Promise<readonly Lesson[]> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<readonly Lesson[]> {
  const directory = contentDirectory();
  const files = (await readdir(directory)).filter((name) => name.endsWith('.md')).sort(compareTexts);
  return Promise.all(
    files.map(async (file) => {
      const read = parseLesson(file.replace(/\.md$/, ''), await readFile(join(directory, file), 'utf8'));
      if (!read.ok) throw new Error(read.error);
      return read.value;
    }),
  );
}
