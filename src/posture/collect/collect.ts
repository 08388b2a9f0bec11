import { hostname } from 'node:os';
import type { Evidence } from '../evidence.ts';
import { missing } from '../known.ts';
import { collectAccounts } from './accounts.ts';
import { collectAuditRules } from './audit-rules.ts';
import { collectEngine } from './engine.ts';
import { collectFiles } from './files.ts';
import { hostFiles } from './host-wishes.ts';
import { collectKernel } from './kernel.ts';
import { collectListeners } from './listeners.ts';
import { collectMounts } from './mounts.ts';
import { collectPackageFiles } from './package-files.ts';
import { collectProcesses } from './processes.ts';
import { collectSystemTree } from './system-tree.ts';
import { collectUnits } from './units.ts';
import { configurationWish, engineFiles, engineUnits, namedWishes } from './wishes.ts';

export interface CollectOptions {
  /** `/`, or where the file system of the machine is mounted, with a slash at its end. */
  readonly root: string;
  /** Addresses of engines, `unix:///…`; `none` where there is no socket. */
  readonly docker: string | 'none';
  readonly podman: string | 'none';
  /** ISO 8601. */
  readonly now: string;
  /** Also what only checks of the host ask about: its files, a walk over its system directories and the checksums of its packages' files. */
  readonly host?: boolean;
  readonly signal: AbortSignal;
}

/** Looks at a machine once. Reads only; whatever cannot be read is in the evidence with its reason. */
export async function collectEvidence(options: CollectOptions): Promise<Evidence> {
  const { root, docker, podman, now, signal } = options;
  const [accounts, kernel, auditRules, mounts, processes, units, dockerEngine, podmanEngine] = await Promise.all([
    collectAccounts(root),
    collectKernel(root),
    collectAuditRules(root),
    collectMounts(root),
    collectProcesses(root),
    collectUnits(root, engineUnits),
    docker === 'none' ? missing('there is no socket of Docker here') : collectEngine(docker, signal),
    podman === 'none' ? missing('there is no socket of Podman here') : collectEngine(podman, signal),
  ]);
  const [files, system] = await Promise.all([
    collectFiles(root, options.host === true ? [...engineFiles, ...hostFiles] : engineFiles, accounts),
    collectSystem(options, accounts),
  ]);
  const evidence: Evidence = {
    schema: 'plimsoll.evidence.v1',
    collectedAt: now,
    hostname: hostname(),
    ...kernel,
    mounts,
    ...accounts,
    auditRules,
    processes,
    listeners: await collectListeners(root, processes),
    units,
    files,
    ...system,
    docker: dockerEngine,
    podman: podmanEngine,
  };
  const withConfiguration = await withFiles(root, evidence, configurationWish(evidence));
  return withFiles(root, withConfiguration, namedWishes(withConfiguration));
}

async function collectSystem(
  { root, host, signal }: CollectOptions,
  { users }: Pick<Evidence, 'users'>,
): Promise<Pick<Evidence, 'systemTree' | 'packageFiles'>> {
  if (host !== true) return { systemTree: missing(HOST_ONLY), packageFiles: missing(HOST_ONLY) };
  const [systemTree, packageFiles] = await Promise.all([
    collectSystemTree(root, users, signal),
    collectPackageFiles(root, signal),
  ]);
  return { systemTree, packageFiles };
}

const HOST_ONLY = 'it is collected by `plimsoll audit host` only';

/** The evidence with more files that it has to have looked at. */
async function withFiles(
  root: string,
  evidence: Evidence,
  wishes: Parameters<typeof collectFiles>[1],
): Promise<Evidence> {
  const more = await collectFiles(
    root,
    wishes.filter(({ path }) => !evidence.files.has(path)),
    evidence,
  );
  return { ...evidence, files: new Map([...evidence.files, ...more]) };
}
