import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { memberOf, parseYaml, textsOf } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';

/** Members of a kustomization that name files and directories, or else something that is fetched. */
const MEMBERS = [
  ...['resources', 'bases', 'components', 'crds', 'configurations'],
  ...['generators', 'transformers', 'validators', 'patchesStrategicMerge'],
];
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const MAX_DIRECTORIES = 500;
const MAX_BYTES = 1024 * 1024;

/**
 * Why a kustomization is not to be built: something that it names, or that what it names does, is not here and would be fetched. What is here
 * is never looked for elsewhere.
 */
export async function missingReference(directory: string): Promise<string | undefined> {
  const seen = new Set([resolve(directory)]);
  for (const at of seen) {
    if (seen.size > MAX_DIRECTORIES) return `it is made of more than ${MAX_DIRECTORIES} directories`;
    const named = await namedIn(at);
    if (!named.ok) return named.error;
    for (const name of named.value) {
      const path = resolve(at, name);
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) return `${name} is not here, and nothing is fetched for it`;
      if (found.isDirectory()) seen.add(path);
    }
  }
  return undefined;
}

async function namedIn(directory: string): Promise<Result<readonly string[]>> {
  for (const name of NAMES) {
    const file = join(directory, name);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) continue;
    if (found.size > MAX_BYTES) return err(`${name} has more than ${MAX_BYTES} bytes`);
    const bytes = await readFile(file);
    const parsed = parseYaml({ size: bytes.length, bytes: () => bytes, text: () => bytes.toString('utf8') });
    if (!parsed.ok || parsed.value.unreadableLines > 0) return err(`${name} cannot be read to its end`);
    const named = parsed.value.documents.flatMap((document) =>
      MEMBERS.flatMap((member) => textsOf(memberOf(document, member))),
    );
    // What is written in place has several lines.
    return ok(named.filter((one) => one !== '' && !one.includes('\n')));
  }
  return ok([]);
}

/** A part of another kustomization, which cannot be built alone. */
export async function isComponent(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8');
  return /^kind:\s{0,20}Component\s*$/m.test(text.slice(0, MAX_BYTES));
}

/** Links in a chart are followed, wherever they lead. */
export async function linkIn(directory: string): Promise<string | undefined> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.find((entry) => entry.isSymbolicLink())?.name;
}
