import { type Daemon, daemonOf, type Engine, type Evidence, need } from '#posture/index.ts';
import type { Check } from '../check.ts';
import { answered, type EvidenceAnswer } from '../evidence-check.ts';

export type DockerHostCheck = Check<'docker-host'>;

interface Declaration
  extends Pick<DockerHostCheck, 'id' | 'title' | 'severity' | 'rationale' | 'remediation' | 'controls'> {
  /** Number of the recommendation in the CIS Docker Benchmark 1.6.0. */
  readonly cis: string;
  readonly references?: readonly string[];
  readonly pass: readonly string[];
  readonly fail: readonly string[];
  find(evidence: Evidence): EvidenceAnswer;
}

const DAEMON_MANUAL = 'https://docs.docker.com/reference/cli/dockerd/';

export function dockerHostCheck({ find, cis, pass, fail, references, ...words }: Declaration): DockerHostCheck {
  return {
    ...words,
    subject: 'docker-host',
    maturity: 'stable',
    references: [...(references ?? [DAEMON_MANUAL]), 'https://www.cisecurity.org/benchmark/docker'],
    aliases: [`CIS-Docker-${cis}`],
    examples: { pass, fail },
    evaluate: (evidence) => answered(() => find(evidence)),
  };
}

/** A question about the merged settings of the daemon. */
export function daemon(ask: (daemon: Daemon) => string | undefined) {
  return (evidence: Evidence): EvidenceAnswer => hit(ask(daemonOf(evidence)));
}

/** A question about what the running daemon says of itself. */
export function info(ask: (info: unknown) => string | undefined) {
  return (evidence: Evidence): EvidenceAnswer => hit(ask(infoOf(evidence)));
}

export function hit(message: string | undefined): EvidenceAnswer {
  return message === undefined ? [] : [{ message }];
}

export function dockerOf({ docker }: Evidence): Engine {
  return need(docker);
}

export function infoOf(evidence: Evidence): unknown {
  return need(dockerOf(evidence).info);
}
