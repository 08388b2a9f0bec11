import type { Command } from 'commander';
import { checkMachine, type MachinePart, machineParts } from '#checks/index.ts';
import { auditReport } from '#scan/index.ts';
import { type ExitCode, reportFailure } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import type { Finish } from '../../program.ts';
import { decisionPolicy } from '../decision-options.ts';
import { policyRequest } from '../policy-options.ts';
import { type AuditFlags, auditOutputs, declareAuditOptions, deliverAudit } from './audit-options.ts';
import { declareClusterAudit } from './cluster.ts';
import { liveEvidence, savedEvidence, saveEvidence } from './evidence.ts';

export function declareAuditCommand(program: Command, finish: Finish): void {
  const command = program
    .command('audit')
    .argument('<part...>', machineParts.map(({ id, title }) => `"${id}": ${title}`).join('; '))
    .description(
      'Says how a machine that runs containers is set up, and what to do: as root, it sees all that it asks about.',
    );
  declareAuditOptions(command, 'this machine');
  command.action(async (names: readonly string[], flags: AuditFlags) => finish(await runAudit(names, flags, command)));
  declareClusterAudit(command, finish);
}

async function runAudit(names: readonly string[], flags: AuditFlags, command: Command): Promise<ExitCode> {
  const unknown = names.find((name) => machineParts.every(({ id }) => id !== name));
  if (unknown !== undefined)
    return command.error(`error: ${unknown} is no part of a machine: ${machineParts.map(({ id }) => id).join(', ')}`);
  const outputs = auditOutputs(flags, command);
  const signal = interruptSignal();
  const parts = machineParts.filter(({ id }) => names.includes(id));
  const report = await audit(parts, flags, command, signal);
  return report.ok ? deliverAudit(report.value, outputs, flags, signal) : reportFailure(report.error);
}

async function audit(parts: readonly MachinePart[], flags: AuditFlags, command: Command, signal: AbortSignal) {
  const policies = await policyRequest(flags);
  if (!policies.ok) return command.error(`error: ${policies.error}`);
  const evidence =
    flags.evidence === undefined
      ? {
          ok: true as const,
          value: await liveEvidence(
            parts.some(({ id }) => id === 'host'),
            signal,
          ),
        }
      : await savedEvidence(flags.evidence);
  if (!evidence.ok) return command.error(`error: ${evidence.error}`);
  if (flags.saveEvidence !== undefined) await saveEvidence(flags.saveEvidence, evidence.value);
  const disabled = flags.skipChecks ?? [];
  return auditReport({
    evidence: evidence.value,
    checked: checkMachine(evidence.value, parts, { disabled }),
    decisions: await decisionPolicy({ ...flags, vex: [] }, 'host'),
    ...(policies.value && { policies: policies.value }),
    signal,
  });
}
