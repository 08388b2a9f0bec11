import type { Command } from 'commander';
import { err, ok, type Result } from '#foundation/index.ts';
import { loadAttestations, type PolicyRequest } from '#scan/index.ts';
import { collect } from './target-options.ts';

/** Options of what policies decide. */
export interface PolicyFlags {
  readonly policy: readonly string[];
  readonly attestation: readonly string[];
  readonly explain?: boolean;
}

export function declarePolicyOptions(command: Command): void {
  command
    .option('--policy <pack|file|dir>', 'ask policies: end with 1 when one denies; may be repeated', collect, [])
    .option('--attestation <file>', 'in-toto statement for policies to ask about; may be repeated', collect, [])
    .option('--explain', 'with --policy: say which facts decided, and what would change it');
}

/** Policies and attestations, read. Undefined where none is asked; an error where one cannot be used, since it might have denied. */
export async function policyRequest(flags: PolicyFlags): Promise<Result<PolicyRequest | undefined>> {
  if (flags.policy.length === 0) {
    const idle = flags.attestation.length > 0 ? '--attestation' : flags.explain ? '--explain' : undefined;
    return idle === undefined ? ok(undefined) : err(`${idle} is for policies: name some with --policy`);
  }
  const { loadPolicies } = await import('#policy/packs/index.ts');
  const { describeFault } = await import('./policy/files.ts');
  const loaded = await loadPolicies(flags.policy);
  const refused = [...loaded.errors, ...loaded.faults.map(describeFault)];
  if (refused.length > 0) return err(refused.join('\n'));
  if (loaded.set.policies.length === 0) return err(`there is no policy in ${flags.policy.join(', ')}`);
  const attestations = await loadAttestations(flags.attestation);
  if (!attestations.ok) return attestations;
  return ok({ policies: loaded, attestations: attestations.value, explainAll: flags.explain === true });
}
