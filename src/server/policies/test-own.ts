import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isMutating,
  isPolicy,
  KindCatalog,
  lintBindings,
  lintPolicy,
  loadBuiltInKinds,
  readManifest,
} from '#policy/admission/index.ts';
import { testPolicies } from '#policy/examples/index.ts';

export interface UploadedPolicy {
  readonly source: string;
  /** Names are `pass-….yaml` and `fail-….yaml`: letters, digits and dashes. */
  readonly examples: readonly { readonly name: string; readonly text: string }[];
}

/** What is wrong with a policy that somebody wants to use: faults of the linter, and examples that come out otherwise than they are called. */
export async function faultsOfPolicy(policy: UploadedPolicy): Promise<string[]> {
  const read = readManifest(policy.source, 'policy.yaml');
  if (!read.ok) return [read.error];
  const policies = read.value.filter(isPolicy);
  if (read.value.some(isMutating)) return ['What changes objects is not evaluated here.'];
  if (policies.length !== 1)
    return [`There are ${policies.length} policies in it; upload them one by one, each with its examples.`];
  const kinds = await loadBuiltInKinds();
  const linted = [
    ...policies.map((one) => lintPolicy(one, { catalog: new KindCatalog(kinds.of(kinds.last)) })),
    ...lintBindings(read.value),
  ];
  const faults = linted.flatMap((one) => one.faults.map(({ place, message }) => `${place}: ${message}`));
  return faults.length > 0 ? faults : faultsOfExamples(policy);
}

/** The tester reads directories, as policies lie in them everywhere else. */
async function faultsOfExamples({ source, examples }: UploadedPolicy): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-policy-'));
  try {
    await mkdir(join(folder, 'examples'));
    await writeFile(join(folder, 'policy.yaml'), source);
    for (const { name, text } of examples) await writeFile(join(folder, 'examples', name), text);
    const tested = await testPolicies([folder]);
    if (!tested.ok) return [tested.error];
    return tested.value.flatMap((one) => [
      ...one.faults.map((fault) => fault.replaceAll(`${folder}/`, '')),
      ...one.examples.flatMap(({ example, fault }) => (fault === undefined ? [] : [`${example}: ${fault}`])),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
