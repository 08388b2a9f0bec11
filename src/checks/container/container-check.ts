import type { Check } from '../check.ts';
import { answered, type EvidenceAnswer } from '../evidence-check.ts';
import { type ContainerSubject, hostConfig } from './subject.ts';

export type ContainerCheck = Check<'container'>;

/** The same question asked of a Compose file: why it matters and how much does not depend on where it is asked. */
type Twin = Pick<Check<'compose'>, 'severity' | 'rationale' | 'controls'>;

interface Declaration extends Pick<ContainerCheck, 'id' | 'title' | 'remediation'>, Partial<Twin> {
  /** Number of the recommendation in the CIS Docker Benchmark 1.6.0. */
  readonly cis: string;
  /** Of a container that passes, or fails: members of its inspection. */
  readonly pass: readonly ContainerExample[];
  readonly fail: readonly ContainerExample[];
  find(container: ContainerSubject): EvidenceAnswer;
}

export function containerCheck(twin: Twin, declaration: Declaration): ContainerCheck {
  const { find, cis, pass, fail, ...words } = declaration;
  const { severity, rationale, controls } = twin;
  return {
    severity,
    rationale,
    controls,
    ...words,
    subject: 'container',
    maturity: 'stable',
    references: [
      'https://docs.docker.com/reference/cli/docker/container/run/',
      'https://www.cisecurity.org/benchmark/docker',
    ],
    aliases: [`CIS-Docker-${cis}`],
    examples: { pass: pass.map(containerExample), fail: fail.map(containerExample) },
    evaluate: (container) => answered(() => find(container)),
  };
}

/** A setting of `HostConfig` that fails where `isBad` says so. */
export function setting(name: string, isBad: (value: unknown) => boolean, message: (value: unknown) => string) {
  return (container: ContainerSubject): EvidenceAnswer => {
    const value = hostConfig(container, name);
    return isBad(value) ? [{ message: message(value) }] : [];
  };
}

interface ContainerExample {
  readonly host?: object;
  readonly info?: object;
  readonly [member: string]: unknown;
}

/** A bundle of evidence with one container. `info` and `host` are the engine's and the machine's; the rest is the container's. */
export function containerExample(members: ContainerExample): string {
  const { host = {}, info = {}, ...inspected } = members;
  const container = { Id: '0'.repeat(64), Name: '/web', State: { Status: 'running' }, ...inspected };
  return JSON.stringify(
    {
      schema: 'plimsoll.evidence.v1',
      collectedAt: '2026-11-24T00:00:00Z',
      hostname: 'docker-1',
      ...host,
      docker: { address: 'unix:///run/docker.sock', info, containers: [container] },
    },
    null,
    1,
  );
}
