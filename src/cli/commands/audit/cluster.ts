import { readdir, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Command } from 'commander';
import { checkCluster } from '#checks/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { isObject, type JsonObject, readManifest } from '#manifests/index.ts';
import {
  type ClusterState,
  collectCluster,
  exportedState,
  openCluster,
  parseClusterState,
  renderClusterState,
} from '#posture/index.ts';
import { clusterReport } from '#scan/index.ts';
import { type ExitCode, reportFailure } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import type { Finish } from '../../program.ts';
import { statusLine } from '../../progress.ts';
import { decisionPolicy } from '../decision-options.ts';
import { policyRequest } from '../policy-options.ts';
import { collect } from '../target-options.ts';
import { writeAttackPaths } from './attack-paths.ts';
import { type AuditFlags, auditOutputs, declareAuditOptions, deliverAudit } from './audit-options.ts';
import { readWhole } from './evidence.ts';

interface ClusterFlags extends AuditFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly manifests: readonly string[];
  readonly paths?: string;
  readonly scan: readonly string[];
}

export function declareClusterAudit(audit: Command, finish: Finish): void {
  const command = new Command('cluster')
    .description(
      'Says how a Kubernetes cluster is set up: its workloads, rights, network, admission and nodes. It reads and changes nothing.',
    )
    .option('--kubeconfig <file>', 'how to reach it (default: KUBECONFIG, the pod this runs in, or ~/.kube/config)')
    .option('--context <name>', 'which context of the kubeconfig (default: its current one)')
    .option(
      '--manifests <path>',
      'judge exported objects, a file or a directory of them, in place of a cluster; may be repeated',
      collect,
      [],
    )
    .option(
      '--paths <file>',
      'write how an attacker gets from outside to the cluster, its nodes and data, step by step: text, or JSON or Mermaid by .json or .mmd; - prints it',
    )
    .option(
      '--scan <file>',
      'with --paths: a JSON report of an image that runs there; holes in it that are exploited are ways in; may be repeated',
      collect,
      [],
    )
    .addHelpText('after', HELP);
  declareAuditOptions(command, 'a cluster');
  command.action(async (flags: ClusterFlags) => finish(await runClusterAudit(flags, command)));
  audit.addCommand(command);
}

const HELP = `
The rights that it needs: deploy/kubernetes/audit-role.yaml. What it may not list is named, and the exit code is then 3.
  kubectl get deploy,ds,sts,cronjob,svc,ns,netpol,role,rolebinding,clusterrole,clusterrolebinding -A -o yaml > cluster.yaml
  plimsoll audit cluster --manifests cluster.yaml`;

async function runClusterAudit(flags: ClusterFlags, command: Command): Promise<ExitCode> {
  const outputs = auditOutputs(flags, command);
  const policies = await policyRequest(flags);
  if (!policies.ok) return command.error(`error: ${policies.error}`);
  const signal = interruptSignal();
  const state = await stateOf(flags, signal);
  if (!state.ok) return command.error(`error: ${state.error}`);
  // It tells how the cluster could be attacked: for its owner's eyes.
  if (flags.saveEvidence !== undefined)
    await writeFile(flags.saveEvidence, renderClusterState(state.value), { mode: 0o600 });
  if (flags.paths !== undefined) {
    const written = await writeAttackPaths(state.value, flags.paths, flags.scan);
    if (!written.ok) return command.error(`error: ${written.error}`);
  }
  const report = await clusterReport({
    state: state.value,
    checked: checkCluster(state.value, { disabled: flags.skipChecks ?? [] }),
    decisions: await decisionPolicy({ ...flags, vex: [] }, 'host'),
    ...(policies.value && { policies: policies.value }),
    signal,
  });
  return report.ok ? deliverAudit(report.value, outputs, flags, signal) : reportFailure(report.error);
}

async function stateOf(flags: ClusterFlags, signal: AbortSignal): Promise<Result<ClusterState>> {
  if (flags.evidence !== undefined) {
    const text = await readWhole(flags.evidence);
    return text.ok ? parseClusterState(text.value, flags.evidence) : text;
  }
  return flags.manifests.length > 0 ? exportedFrom(flags.manifests) : liveState(flags, signal);
}

async function liveState({ kubeconfig, context }: ClusterFlags, signal: AbortSignal): Promise<Result<ClusterState>> {
  const named = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
  const access = await openCluster({ ...named, environment: process.env, signal });
  if (!access.ok) return access;
  const line = statusLine(process.stderr, false);
  try {
    return await collectCluster(access.value, {
      now: new Date().toISOString(),
      signal,
      progress: ({ resource }, done, of) => line.show(`Listing ${resource} (${done + 1} of ${of})`),
    });
  } finally {
    line.end();
    access.value.client.close();
  }
}

async function exportedFrom(paths: readonly string[]): Promise<Result<ClusterState>> {
  const objects: JsonObject[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      const text = await readWhole(file);
      const read = text.ok ? readManifest(text.value, file) : text;
      if (!read.ok) return read;
      objects.push(...read.value.map(({ json }) => json).filter(isObject));
    }
  }
  if (objects.length === 0) return err(`there are no objects in ${paths.join(', ')}`);
  const { state, others } = exportedState(basename(paths[0] ?? ''), objects, new Date().toISOString());
  for (const [what, count] of others)
    process.stderr.write(`plimsoll: ${count} of ${what} were not looked at: the audit does not ask about that kind\n`);
  return ok(state);
}

const MANIFESTS = new Set(['.yaml', '.yml', '.json']);

/** The file, or the manifests below the directory; links are not followed out of it. */
async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && MANIFESTS.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
