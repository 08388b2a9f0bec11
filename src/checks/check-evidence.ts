import type { Evidence } from '#posture/index.ts';
import { type Checked, joined } from './checked.ts';
import { containersIn } from './container/index.ts';
import { type ChecksEvaluation, evaluateChecks } from './evaluate.ts';

export interface MachineSettings {
  /** Ids of checks that are not asked. */
  readonly disabled?: readonly string[];
}

/** What of a machine is asked about. */
export interface MachinePart {
  /** What a user calls it. */
  readonly id: 'host' | 'docker';
  /** For people: `Docker and the containers that run`. */
  readonly title: string;
  evaluate(evidence: Evidence, settings: MachineSettings): ChecksEvaluation[];
}

export const machineParts: readonly MachinePart[] = [
  { id: 'host', title: 'its operating system, settings, accounts and files', evaluate: hostEvaluations },
  { id: 'docker', title: 'Docker and Podman, and the containers that run', evaluate: dockerEvaluations },
];

/** Asks about parts of a machine, on the day on which its evidence was collected. */
export function checkMachine(
  evidence: Evidence,
  parts: readonly MachinePart[],
  settings: MachineSettings = {},
): Checked {
  return joined(parts.flatMap((part) => part.evaluate(evidence, settings)));
}

function hostEvaluations(evidence: Evidence, settings: MachineSettings): ChecksEvaluation[] {
  return [evaluateChecks('host', evidence, 'host', settings)];
}

function dockerEvaluations(evidence: Evidence, settings: MachineSettings): ChecksEvaluation[] {
  const containers = containersIn(evidence).map((container) =>
    evaluateChecks('container', container, `${container.engine}/containers/${container.name}`, settings),
  );
  const host = isDockerHost(evidence) ? [evaluateChecks('docker-host', evidence, 'docker', settings)] : [];
  return [...host, ...containers];
}

/** A machine that has Podman only is no host of Docker. */
function isDockerHost({ docker, podman, files }: Evidence): boolean {
  const hasDaemon = [...files.values()].some(({ path, type }) => path.endsWith('/dockerd') && type !== 'absent');
  return 'known' in docker || 'missing' in podman || hasDaemon;
}
