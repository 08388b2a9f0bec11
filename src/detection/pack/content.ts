import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareTexts } from '#foundation/index.ts';
import type { RuleText } from '../rules/load.ts';

declare const PLIMSOLL_BUNDLED: boolean | undefined;

/** Where the rules that the program brings lie: among the sources, or in the bundle beside the main program or one level above a chunk. */
function contentDirectory(): string {
  const place = typeof PLIMSOLL_BUNDLED === 'undefined' ? '../../../content/rules/runtime' : './runtime-rules';
  const beside = new URL(place, import.meta.url);
  return fileURLToPath(existsSync(beside) ? beside : new URL('../runtime-rules', import.meta.url));
}

/** The files of the rules that come with the program: one folder an area, what they share first. */
export async function ownRules(): Promise<readonly RuleText[]> {
  const root = contentDirectory();
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(({ parentPath, name }) => join(parentPath, name));
  const named = files.map((path) => ({ path, name: path.slice(root.length + 1) }));
  named.sort(
    (a, b) => Number(b.name === 'shared.yaml') - Number(a.name === 'shared.yaml') || compareTexts(a.name, b.name),
  );
  return Promise.all(
    named.map(async ({ path, name }) => ({ name: `runtime/${name}`, text: await readFile(path, 'utf8') })),
  );
}
