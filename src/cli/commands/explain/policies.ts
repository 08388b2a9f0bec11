import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPolicies, type PackedPolicy, packedPolicies, policyPacks, readText } from '#policy/packs/index.ts';
import type { Explainable, Explanation } from './explanation.ts';

/** Packs of policies and the policies in them. */
export async function explainablePolicies(): Promise<Explainable[]> {
  const packs = await Promise.all(policyPacks.map(async (pack) => ({ pack, policies: await packedPolicies(pack) })));
  const policies = new Map(packs.flatMap((one) => one.policies.map((policy) => [policy.id, policy])));
  return [
    ...packs.map(({ pack, policies: held }) => ({
      id: pack.id,
      names: [pack.id],
      explain: () => explainPack(pack, held),
    })),
    ...[...policies.values()].map((policy) => ({
      id: policy.id,
      names: [policy.id, policy.id.replace('/', '-'), policy.id.slice(policy.id.indexOf('/') + 1)],
      explain: () => explainPolicy(policy),
    })),
  ];
}

async function explainPack(
  { id, title, references }: (typeof policyPacks)[number],
  policies: readonly PackedPolicy[],
): Promise<Explanation> {
  const { descriptions } = await loadPolicies([id]);
  const byName = new Map([...descriptions.values()].map((one) => [one.name, one.title]));
  return {
    kind: 'pack of policies',
    id,
    title,
    text: `plimsoll policy show ${id} prints it; plimsoll scan --policy ${id} judges by it.`,
    policies: policies.map((policy) => ({
      id: policy.id,
      title: byName.get(policy.id.replace('/', '-')) ?? policy.id,
    })),
    references,
  };
}

async function explainPolicy({ id, file, folder }: PackedPolicy): Promise<Explanation> {
  const { descriptions } = await loadPolicies([file]);
  const [description] = [...descriptions.values()];
  const [bad, good] = await Promise.all([exampleOf(folder, 'fail'), exampleOf(folder, 'pass')]);
  return {
    kind: 'policy',
    id,
    title: description?.title ?? id,
    ...(description && { severity: description.severity, why: description.why, remedy: description.remediation }),
    examples: { ...(bad !== undefined && { bad }), ...(good !== undefined && { good }) },
    evidence: [`plimsoll policy show ${id} prints the expression that decides`],
    controls: (description?.controls ?? []).map((anchor) => ({ id: anchor, title: 'NIST SP 800-53' })),
    references: [],
  };
}

/** The first example of the policy whose name begins so. */
async function exampleOf(folder: string, word: 'fail' | 'pass'): Promise<string | undefined> {
  const directory = join(folder, 'examples');
  const names = (await readdir(directory)).filter((name) => name.startsWith(word)).sort();
  if (names[0] === undefined) return undefined;
  const text = await readText(join(directory, names[0]));
  return text.ok ? text.value : undefined;
}
