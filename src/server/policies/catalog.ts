import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from '#policy/admission/index.ts';
import {
  loadPolicies,
  type PackedPolicy,
  type PolicyDescription,
  packedPolicies,
  policiesIn,
  policyPacks,
  readText,
} from '#policy/packs/index.ts';
import type { OwnPolicy } from '#storage/index.ts';

export interface PolicyExample {
  /** `fail-latest.yaml` */
  readonly name: string;
  readonly expected: 'pass' | 'fail';
  readonly text: string;
}

export interface CatalogPolicy extends Omit<PolicyDescription, 'scanners'> {
  /** `build-gate/no-secrets`, `own/registries` */
  readonly id: string;
  readonly pack: string;
  readonly scanners: readonly string[];
  /** What its own binding says; `deny` where it has none. */
  readonly action: string;
  /** YAML of the policy, its binding and its parameters. */
  readonly source: string;
  readonly examples: readonly PolicyExample[];
}

export interface CatalogPack {
  readonly id: string;
  readonly title: string;
  readonly references: readonly string[];
  readonly policies: readonly string[];
}

let shipped: Promise<readonly CatalogPolicy[]> | undefined;

/** Policies that the program brings, with their examples. They are read once. */
export function shippedPolicies(): Promise<readonly CatalogPolicy[]> {
  shipped ??= readShipped();
  return shipped;
}

async function readShipped(): Promise<readonly CatalogPolicy[]> {
  const packed = (await Promise.all(policyPacks.map(packedPolicies))).flat();
  const byId = new Map(packed.map((one) => [one.id, one]));
  const read = await Promise.all([...byId.values()].map(readPacked));
  return read.flat();
}

async function readPacked({ id, pack, folder, file }: PackedPolicy): Promise<CatalogPolicy[]> {
  const source = await readText(file);
  if (!source.ok) throw new Error(source.error);
  const { set, descriptions } = await loadPolicies([file]);
  const action = set.bindings[0]?.actions[0]?.toLowerCase() ?? 'deny';
  const examples = await examplesIn(join(folder, 'examples'));
  return [...descriptions.values()].map((one) => ({ ...one, id, pack, action, source: source.value, examples }));
}

async function examplesIn(folder: string): Promise<PolicyExample[]> {
  const names = (await readdir(folder)).filter((name) => /^(?:pass|fail)-.*\.yaml$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readText(join(folder, name));
      return { name, expected: expectedOf(name), text: text.ok ? text.value : '' };
    }),
  );
}

function expectedOf(name: string): PolicyExample['expected'] {
  return name.startsWith('pass-') ? 'pass' : 'fail';
}

export async function packs(): Promise<CatalogPack[]> {
  return Promise.all(
    policyPacks.map(async (pack) => ({
      id: pack.id,
      title: pack.title,
      references: pack.references,
      policies: (await packedPolicies(pack)).map(({ id }) => id),
    })),
  );
}

/** One that was uploaded, as the others are shown. */
export function ownCatalogPolicy({ name, source, examples }: OwnPolicy): CatalogPolicy | undefined {
  const read = readManifest(source, `${name}.yaml`);
  if (!read.ok) return undefined;
  const { set, descriptions } = policiesIn(read.value);
  const [description] = descriptions.values();
  if (description === undefined) return undefined;
  return {
    ...description,
    id: `own/${name}`,
    pack: 'own',
    action: set.bindings[0]?.actions[0]?.toLowerCase() ?? 'deny',
    source,
    examples: examples.map((one) => ({ ...one, expected: expectedOf(one.name) })),
  };
}
