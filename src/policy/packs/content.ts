import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareTexts } from '#foundation/index.ts';
import { type PolicyPack, policyPacks } from './pack.ts';

declare const PLIMSOLL_BUNDLED: boolean | undefined;

/** Where the policies that the program brings lie: among the sources, or in the bundle beside the main program or one level above a chunk. */
function contentDirectory(): string {
  const place = typeof PLIMSOLL_BUNDLED === 'undefined' ? '../../../content/policies' : './policies';
  const beside = new URL(place, import.meta.url);
  return fileURLToPath(existsSync(beside) ? beside : new URL('../policies', import.meta.url));
}

/** One policy of a pack. */
export interface PackedPolicy {
  /** `build-gate/no-secrets`: pack and folder. */
  readonly id: string;
  readonly pack: string;
  readonly folder: string;
  /** With the policy, its binding and, where it takes any, its parameters. */
  readonly file: string;
}

/** The policies of a pack, those of included packs first. */
export async function packedPolicies(pack: PolicyPack): Promise<PackedPolicy[]> {
  const included = policyPacks.filter(({ id }) => pack.includes.includes(id));
  const inherited = (await Promise.all(included.map(packedPolicies))).flat();
  const own = await ownPolicies(pack.id);
  return [...inherited.filter(({ id }) => !pack.replaces.includes(id.split('/')[1] ?? '')), ...own];
}

async function ownPolicies(pack: string): Promise<PackedPolicy[]> {
  const directory = join(contentDirectory(), pack);
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.sort(compareTexts).map((name) => {
    const folder = join(directory, name);
    return { id: `${pack}/${name}`, pack, folder, file: join(folder, 'policy.yaml') };
  });
}

/** What a word on the command line means: a pack, or one policy by its id or by the name that it has in a cluster. Empty: neither. */
export async function policiesNamed(word: string): Promise<PackedPolicy[]> {
  const pack = policyPacks.find(({ id }) => id === word);
  if (pack !== undefined) return packedPolicies(pack);
  const all = (await Promise.all(policyPacks.map(({ id }) => ownPolicies(id)))).flat();
  return all.filter(({ id }) => id === word || id.replace('/', '-') === word);
}
