import { readdir, readlink } from 'node:fs/promises';
import type { Unit } from '../evidence.ts';
import { type Known, known, missing } from '../known.ts';
import { redactText } from '../redact.ts';
import { isAbsent, readSmallText, reasonOf } from './read-text.ts';

/** In the order in which systemd prefers them; see systemd.unit(5). */
const DIRECTORIES = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

const MAX_DROP_INS = 100;

/** The units of these names that there are. A masked unit has no text. */
export async function collectUnits(root: string, names: readonly string[]): Promise<Known<Unit[]>> {
  try {
    const units = await Promise.all(names.map((name) => unitOf(root, name)));
    return known(units.filter((unit) => unit !== undefined));
  } catch (error) {
    return missing(`units of systemd cannot be read: ${reasonOf(error)}`);
  }
}

async function unitOf(root: string, name: string): Promise<Unit | undefined> {
  for (const directory of DIRECTORIES) {
    const path = `${directory}/${name}`;
    if ((await readlink(`${root}${path.slice(1)}`).catch(() => '')) === '/dev/null')
      return { name, path, text: '', dropIns: [] };
    const text = await readSmallText(`${root}${path.slice(1)}`);
    if ('known' in text) return { name, path, text: redactText(text.known), dropIns: await dropInsOf(root, name) };
    if (!/ENOENT|ENOTDIR/.test(text.missing)) throw new Error(text.missing);
  }
  return undefined;
}

/** Of files with one name the first directory's counts; all that count apply in the order of their names. */
async function dropInsOf(root: string, name: string): Promise<Unit['dropIns']> {
  const type = name.slice(name.lastIndexOf('.') + 1);
  const paths = new Map<string, string>();
  for (const folder of [`${name}.d`, `${type}.d`])
    for (const directory of DIRECTORIES)
      for (const file of await confFiles(`${root}${directory.slice(1)}/${folder}`))
        if (!paths.has(file)) paths.set(file, `${directory}/${folder}/${file}`);
  const inOrder = [...paths].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_DROP_INS);
  const read = await Promise.all(
    inOrder.map(async ([, path]) => ({ path, text: await readSmallText(`${root}${path.slice(1)}`) })),
  );
  return read.flatMap(({ path, text }) => ('known' in text ? [{ path, text: redactText(text.known) }] : []));
}

async function confFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.conf'));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
