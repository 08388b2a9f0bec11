import type { Evidence } from '#posture/index.ts';
import { type Checked, joined } from './checked.ts';
import { containersIn } from './container/index.ts';
import { type ChecksEvaluation, evaluateChecks } from './evaluate.ts';
import type { CheckSettings } from './settings.ts';

/** What findings call the machine. */
const DOCKER = 'docker';

/** Asks about the engine and its containers on a machine. */
export function checkDockerHost(evidence: Evidence, settings: Omit<CheckSettings, 'today'>): Checked {
  const containers = containersIn(evidence).map((container) =>
    evaluateChecks('container', container, `${container.engine}/containers/${container.name}`, settings),
  );
  return joined([...hostEvaluations(evidence, settings), ...containers]);
}

/** A machine that has Podman only is no host of Docker. */
function hostEvaluations(evidence: Evidence, settings: Omit<CheckSettings, 'today'>): ChecksEvaluation[] {
  if ('missing' in evidence.docker && 'known' in evidence.podman && !hasDockerd(evidence)) return [];
  return [evaluateChecks('docker-host', evidence, DOCKER, settings)];
}

function hasDockerd({ files }: Evidence): boolean {
  return [...files.values()].some(({ path, type }) => path.endsWith('/dockerd') && type !== 'absent');
}
