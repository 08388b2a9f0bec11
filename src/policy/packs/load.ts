import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareTexts, err, ok, type Result } from '#foundation/index.ts';
import {
  type AdmissionSet,
  isBinding,
  isPolicy,
  type ManifestObject,
  type PolicyFault,
  readBinding,
  readManifest,
  readPolicy,
} from '../admission/index.ts';
import { policiesNamed } from './content.ts';
import { describePolicy, type PolicyDescription } from './description.ts';

/** Policies made ready, with what could not be used of them. */
export interface LoadedPolicies {
  /** All that stood in the files. */
  readonly objects: readonly ManifestObject[];
  readonly set: AdmissionSet;
  /** By the name of the policy. */
  readonly descriptions: ReadonlyMap<string, PolicyDescription>;
  /** What is wrong with policies: one with a fault may not be asked. */
  readonly faults: readonly PolicyFault[];
  /** Files that could not be read. */
  readonly errors: readonly string[];
}

/**
 * Reads policies, their bindings and parameters. Each name is a pack (`build-gate`), a policy of one (`build-gate/no-secrets`), a file, or a
 * directory, in which everything in YAML or JSON is read but the examples that lie beside a policy. What stands in several of them is read once.
 */
export async function loadPolicies(names: readonly string[]): Promise<LoadedPolicies> {
  const found = await Promise.all(names.map(filesNamed));
  const files = new Map(found.flatMap((one) => (one.ok ? one.value : [])).map((file) => [file.path, file]));
  const read = await Promise.all([...files.values()].map(readObjects));
  const objects = read.flatMap((one) => (one.ok ? one.value : []));
  const errors = [...found, ...read].flatMap((one) => (one.ok ? [] : [one.error]));
  return { ...policiesIn(objects), errors };
}

/** What there is of policies, bindings and parameters among the objects of manifests. */
export function policiesIn(objects: readonly ManifestObject[]): Omit<LoadedPolicies, 'errors'> {
  const documents = objects.filter(isPolicy);
  const read = documents.map(readPolicy);
  const set: AdmissionSet = {
    policies: read.map(({ policy }) => policy),
    bindings: objects.filter(isBinding).map(readBinding),
    parameters: objects.filter((object) => !isPolicy(object) && !isBinding(object)),
  };
  const descriptions = new Map(documents.map(describePolicy).map((one) => [one.name, one]));
  return { objects, set, descriptions, faults: read.flatMap(({ faults }) => faults) };
}

/** A file, and how places in it are called: those that the program brings lie elsewhere on every machine. */
interface PolicyFile {
  readonly path: string;
  readonly name: string;
}

async function filesNamed(name: string): Promise<Result<readonly PolicyFile[]>> {
  const packed = await policiesNamed(name);
  if (packed.length > 0) return ok(packed.map(({ id, file }) => ({ path: file, name: `${id}/policy.yaml` })));
  try {
    const isDirectory = (await stat(name)).isDirectory();
    const paths = isDirectory ? await filesBelow(name) : ok([name]);
    return paths.ok ? ok(paths.value.map((path) => ({ path, name: path }))) : paths;
  } catch (error) {
    return err(
      `${name} is no pack, policy, file or directory (${reasonOf(error)}); "plimsoll policy list" names the packs`,
    );
  }
}

const MAX_DEPTH = 8;
const MAX_FILES = 5000;

async function filesBelow(directory: string): Promise<Result<readonly string[]>> {
  const files: string[] = [];
  const directories = [{ path: directory, depth: 0 }];
  for (let next = directories.shift(); next !== undefined; next = directories.shift()) {
    const { path, depth } = next;
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => compareTexts(a.name, b.name))) {
      const one = join(path, entry.name);
      if (entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name)) files.push(one);
      else if (entry.isDirectory() && depth < MAX_DEPTH && !isPassedOver(entry.name))
        directories.push({ path: one, depth: depth + 1 });
    }
    if (files.length > MAX_FILES)
      return err(`${directory} has more than ${MAX_FILES} files of YAML; name the one with the policies`);
  }
  return files.length > 0 ? ok(files) : err(`${directory} has no file of policies: they end in .yaml, .yml or .json`);
}

function isPassedOver(name: string): boolean {
  return name === 'examples' || name === 'node_modules' || name.startsWith('.');
}

const MAX_BYTES = 16 * 1024 * 1024;

async function readObjects({ path, name }: PolicyFile): Promise<Result<readonly ManifestObject[]>> {
  const text = await readText(path);
  return text.ok ? readManifest(text.value, name) : text;
}

/** A file of manifests, of a size that is read. */
export async function readText(file: string): Promise<Result<string>> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) return err(`${file} has more than ${MAX_BYTES} bytes; split it`);
    return ok(await readFile(file, 'utf8'));
  } catch (error) {
    return err(`${file} cannot be read: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
