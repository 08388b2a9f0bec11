import { asList, asText, memberOf } from '#foundation/documents/index.ts';
import type { Evidence } from '#posture/index.ts';

/** A container on a machine, as its engine describes it. */
export interface ContainerSubject {
  readonly engine: 'docker' | 'podman';
  /** Without the slash that Docker puts before it. */
  readonly name: string;
  readonly id: string;
  /** `GET /containers/{id}/json`. */
  readonly inspected: unknown;
  /** `GET /info` of its engine; undefined where it is missing. */
  readonly info: unknown;
  /** The machine that it runs on. */
  readonly evidence: Evidence;
}

/** Of both engines, without those that have ended: nothing of theirs is in force. */
export function containersIn(evidence: Evidence): ContainerSubject[] {
  return [...containersOf('docker', evidence), ...containersOf('podman', evidence)];
}

function containersOf(engine: ContainerSubject['engine'], evidence: Evidence): ContainerSubject[] {
  const facts = evidence[engine];
  if ('missing' in facts) return [];
  const { containers, info } = facts.known;
  if ('missing' in containers) return [];
  return containers.known
    .filter((inspected) => !hasEnded(inspected))
    .map((inspected, index) => ({
      engine,
      name: (asText(memberOf(inspected, 'Name')) ?? `number ${index + 1}`).replace(/^\//, ''),
      id: asText(memberOf(inspected, 'Id')) ?? '',
      inspected,
      info: 'known' in info ? info.known : undefined,
      evidence,
    }));
}

export function hasEnded(inspected: unknown): boolean {
  const status = memberOf(memberOf(inspected, 'State'), 'Status');
  return status === 'exited' || status === 'dead';
}

/** A member of `HostConfig`. */
export function hostConfig({ inspected }: ContainerSubject, name: string): unknown {
  return memberOf(memberOf(inspected, 'HostConfig'), name);
}

/** `name=seccomp,profile=builtin` of `SecurityOptions` begins so. */
export function securityOption(info: unknown, name: string): string | undefined {
  const options = asList(memberOf(info, 'SecurityOptions')) ?? [];
  return options.map(asText).find((option) => option === `name=${name}` || option?.startsWith(`name=${name},`));
}
