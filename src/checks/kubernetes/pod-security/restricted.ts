import { field, isFalse, isTrue, listAt, membersAt, numberAt, textAt, textsAt } from '../fields.ts';
import { nameOf } from '../workload.ts';
import { capabilitiesBeyond, contextsOf, isSeccompType, procMount } from './baseline.ts';
import type { PodSecurityControl, PodView, Violation } from './controls.ts';

/** What the interface makes of a volume that says nothing. */
const DEFAULT_VOLUME_TYPE = 'emptyDir';
const VOLUME_TYPES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

function* volumeTypes({ spec }: PodView): Iterable<Violation> {
  for (const [index, volume] of listAt(spec, 'volumes').entries()) {
    const types = Object.keys(membersAt(volume)).filter(
      (member) => field(volume, member) !== undefined && member !== 'name',
    );
    const [type = DEFAULT_VOLUME_TYPE] = types;
    if (VOLUME_TYPES.has(type) || types.some((other) => VOLUME_TYPES.has(other))) continue;
    const message = `the volume ${textAt(volume, 'name') ?? index} is of the type ${type}`;
    yield { path: ['spec', 'volumes', index], message };
  }
}

function* privilegeEscalation({ containers }: PodView): Iterable<Violation> {
  for (const container of containers) {
    if (isFalse(field(container.securityContext, 'allowPrivilegeEscalation'))) continue;
    const path = [...container.path, 'securityContext', 'allowPrivilegeEscalation'];
    yield { path, message: `${nameOf(container)} does not set allowPrivilegeEscalation: false` };
  }
}

/** Upstream takes a container's own `true` as enough, but not under a pod that says `false`. */
function* runAsNonRoot({ securityContext, containers }: PodView): Iterable<Violation> {
  const ofPod = field(securityContext, 'runAsNonRoot');
  if (isFalse(ofPod))
    yield { path: ['spec', 'securityContext', 'runAsNonRoot'], message: 'the pod sets runAsNonRoot: false' };
  for (const container of containers) {
    const own = field(container.securityContext, 'runAsNonRoot');
    const path = [...container.path, 'securityContext', 'runAsNonRoot'];
    if (isFalse(own)) yield { path, message: `${nameOf(container)} sets runAsNonRoot: false` };
    else if (own === undefined && !isTrue(ofPod))
      yield { path, message: `neither ${nameOf(container)} nor its pod sets runAsNonRoot: true` };
  }
}

function* runAsRoot(pod: PodView): Iterable<Violation> {
  for (const { who, context, path } of contextsOf(pod)) {
    if (numberAt(context, 'runAsUser') === 0)
      yield { path: [...path, 'runAsUser'], message: `${who} sets runAsUser: 0` };
  }
}

function* seccomp(pod: PodView): Iterable<Violation> {
  const ofPod = field(pod.securityContext, 'seccompProfile', 'type');
  for (const { who, context, path } of contextsOf(pod)) {
    const isPod = context === pod.securityContext && path.length === 2;
    const set = field(context, 'seccompProfile') !== undefined;
    const type = field(context, 'seccompProfile', 'type');
    if (set && !isSeccompType(type))
      yield {
        path: [...path, 'seccompProfile', 'type'],
        message: `${who} sets the seccomp profile ${String(type ?? '')}`,
      };
    else if (!set && !isPod && !isSeccompType(ofPod))
      yield { path: [...path, 'seccompProfile', 'type'], message: `neither ${who} nor its pod sets a seccomp profile` };
  }
}

const ADDABLE = new Set(['NET_BIND_SERVICE']);

function* capabilities({ containers }: PodView): Iterable<Violation> {
  for (const container of containers) {
    if (!textsAt(container.securityContext, 'capabilities', 'drop').includes('ALL')) {
      const path = [...container.path, 'securityContext', 'capabilities', 'drop'];
      yield { path, message: `${nameOf(container)} does not drop ALL capabilities` };
    }
    yield* capabilitiesBeyond(container, ADDABLE);
  }
}

/** A pod for Windows may not set what only Linux has. */
function onLinux(find: (pod: PodView) => Iterable<Violation>) {
  return (pod: PodView): Iterable<Violation> => (pod.onWindows ? [] : find(pod));
}

function unlessOwnUsers(find: (pod: PodView) => Iterable<Violation>) {
  return (pod: PodView): Iterable<Violation> => (pod.ownUsers ? [] : find(pod));
}

export const restricted: readonly PodSecurityControl[] = [
  {
    id: 'restrictedVolumes',
    level: 'restricted',
    insteadOf: 'hostPathVolumes',
    rules: [{ sinceMinor: 0, find: volumeTypes }],
  },
  {
    id: 'allowPrivilegeEscalation',
    level: 'restricted',
    rules: [
      { sinceMinor: 25, find: onLinux(privilegeEscalation) },
      { sinceMinor: 8, find: privilegeEscalation },
    ],
  },
  {
    id: 'runAsNonRoot',
    level: 'restricted',
    rules: [
      { sinceMinor: 35, find: unlessOwnUsers(runAsNonRoot) },
      { sinceMinor: 0, find: runAsNonRoot },
    ],
  },
  {
    id: 'runAsUser',
    level: 'restricted',
    rules: [
      { sinceMinor: 35, find: unlessOwnUsers(runAsRoot) },
      { sinceMinor: 23, find: runAsRoot },
    ],
  },
  {
    id: 'seccompProfile_restricted',
    level: 'restricted',
    insteadOf: 'seccompProfile_baseline',
    rules: [
      { sinceMinor: 25, find: onLinux(seccomp) },
      { sinceMinor: 19, find: seccomp },
    ],
  },
  {
    id: 'capabilities_restricted',
    level: 'restricted',
    insteadOf: 'capabilities_baseline',
    rules: [
      { sinceMinor: 25, find: onLinux(capabilities) },
      { sinceMinor: 22, find: capabilities },
    ],
  },
  {
    id: 'procMount_restricted',
    level: 'restricted',
    insteadOf: 'procMount',
    rules: [{ sinceMinor: 35, find: procMount }],
  },
];
