import { entriesOf } from '#foundation/documents/index.ts';
import type { Check } from '../../check.ts';
import { editMember } from '../../yaml/index.ts';
import { containerCheck, type Found, workloadCheck } from '../declare.ts';
import { deployment } from '../examples.ts';
import { field, isTrue, listAt, numberAt } from '../fields.ts';
import { PAGES } from '../references.ts';
import { type Container, effective, nameOf, type Workload } from '../workload.ts';

const context = (lines: string) => `securityContext:\n  ${lines}`;

/** The capabilities with which a container is left or its neighbours are read, and how. */
const CAPABILITIES: readonly (readonly [
  name: string,
  severity: 'high' | 'medium',
  rationale: string,
  alias?: string,
])[] = [
  ['ALL', 'high', 'Every capability together is what a privileged container has: the node is in reach of the process.'],
  [
    'SYS_ADMIN',
    'high',
    'It allows mounts, namespaces and much else: the usual ways out of a container begin with it.',
    'KSV-0005',
  ],
  [
    'NET_RAW',
    'high',
    'Raw sockets forge packets: addresses and names of other pods on the network can be taken over.',
    'KSV-0119',
  ],
  ['SYS_MODULE', 'high', 'Whoever loads a module into the kernel owns the node and all that runs on it.', 'KSV-0120'],
  [
    'SYS_PTRACE',
    'high',
    'Memory of other processes can be read and changed, those of the node when their numbers are visible.',
  ],
  ['NET_ADMIN', 'medium', 'Routes, addresses and filters of the network can be changed, and traffic led elsewhere.'],
  [
    'DAC_READ_SEARCH',
    'high',
    'Files are opened by handle past all permissions: the known way to read the disk of the node.',
  ],
  ['SYS_RAWIO', 'high', 'Ports and memory of devices can be read and written, the disk of the node among them.'],
  ['BPF', 'high', 'Programs in the kernel see the traffic and memory of everything on the node.'],
  ['SYS_BOOT', 'medium', 'The node can be restarted, or made to start another kernel.'],
];

const capabilityChecks = CAPABILITIES.map(([name, severity, rationale, alias]) =>
  containerCheck({
    id: `kubernetes-capability-${name.toLowerCase().replaceAll('_', '-')}`,
    title: `The capability ${name} is added`,
    severity,
    rationale,
    remediation: `Remove ${name} from capabilities.add; leave the work that needs it to a node agent with a namespace of its own.`,
    controls: ['AC-6'],
    references: [PAGES.capabilities, PAGES.securityContext],
    ...(alias !== undefined && { aliases: [alias] }),
    examples: {
      fail: [deployment(context(`capabilities: {add: [${name}]}`))],
      pass: [deployment(context('capabilities: {add: [NET_BIND_SERVICE]}'))],
    },
    find: (container) => added(container, name),
  }),
);

/** Runtimes read the names with and without the prefix, in any case. */
function* added(container: Container, capability: string): Iterable<Found> {
  for (const [index, name] of listAt(container.securityContext, 'capabilities', 'add').entries()) {
    if (typeof name !== 'string' || name.toUpperCase().replace(/^CAP_/, '') !== capability) continue;
    const path = [...container.path, 'securityContext', 'capabilities', 'add', index];
    yield { path, message: `${nameOf(container)} adds ${name}` };
  }
}

/** Below are the numbers that distributions and people give to users: a process that gets out meets their files. */
const FIRST_HIGH_ID = 10_000;

function* lowId(container: Container, workload: Workload, member: 'runAsUser' | 'runAsGroup'): Iterable<Found> {
  if (workload.onWindows) return;
  const id = numberAt({ id: effective(workload, container, member) }, 'id');
  if (id !== undefined && id >= FIRST_HIGH_ID) return;
  const what =
    id === undefined ? `no ${member} is set for ${nameOf(container)}` : `${nameOf(container)} has ${member}: ${id}`;
  yield { path: [...container.path, 'securityContext', member], message: what };
}

function* rootGroups({ securityContext, specPath }: Workload): Iterable<Found> {
  const path = [...specPath, 'securityContext'];
  for (const member of ['runAsGroup', 'fsGroup']) {
    if (numberAt(securityContext, member) === 0)
      yield { path: [...path, member], message: `the pod sets ${member}: 0` };
  }
  for (const [index, group] of listAt(securityContext, 'supplementalGroups').entries()) {
    if (group === 0) yield { path: [...path, 'supplementalGroups', index], message: 'the pod is in the group 0' };
  }
}

export const privilegeChecks: readonly Check<'kubernetes'>[] = [
  ...capabilityChecks,
  containerCheck({
    id: 'kubernetes-low-user-id',
    title: 'The user has a number below 10000, or none that is known',
    severity: 'low',
    aliases: ['KSV-0020'],
    rationale: 'Low numbers belong to users of the node, whose files a process owns that got out of its container.',
    remediation: 'Set securityContext.runAsUser to a number from 10000.',
    controls: ['AC-6'],
    references: [PAGES.securityContext],
    examples: { fail: [deployment(context('runAsUser: 1000'))], pass: [deployment(context('runAsUser: 10001'))] },
    find: (container, workload) => lowId(container, workload, 'runAsUser'),
  }),
  containerCheck({
    id: 'kubernetes-low-group-id',
    title: 'The group has a number below 10000, or none that is known',
    severity: 'low',
    aliases: ['KSV-0021'],
    rationale: 'Low numbers belong to groups of the node, whose files a process may use that got out of its container.',
    remediation: 'Set securityContext.runAsGroup to a number from 10000.',
    controls: ['AC-6'],
    references: [PAGES.securityContext],
    examples: { fail: [deployment(context('runAsGroup: 1000'))], pass: [deployment(context('runAsGroup: 10001'))] },
    find: (container, workload) => lowId(container, workload, 'runAsGroup'),
  }),
  workloadCheck({
    id: 'kubernetes-root-group',
    title: 'The pod runs in the group of root',
    severity: 'low',
    aliases: ['KSV-0116'],
    rationale: 'Files that the group of root may read or write, on volumes as well, are open to the process.',
    remediation: 'Give runAsGroup, fsGroup and supplementalGroups numbers above 0.',
    controls: ['AC-6'],
    references: [PAGES.securityContext],
    examples: { fail: [deployment('', context('fsGroup: 0'))], pass: [deployment('', context('fsGroup: 10001'))] },
    find: rootGroups,
  }),
  containerCheck({
    id: 'kubernetes-writable-root-filesystem',
    title: "A container can write to its image's files",
    severity: 'medium',
    aliases: ['KSV-0014'],
    rationale:
      'An intruder can change the program and leave tools behind; with files that cannot be written most attacks need another way.',
    remediation: 'Set readOnlyRootFilesystem: true, and mount an emptyDir where the program writes.',
    controls: ['CM-5', 'SI-7'],
    references: [PAGES.securityContext],
    examples: { fail: [deployment()], pass: [deployment(context('readOnlyRootFilesystem: true'))] },
    *find(container, { object, onWindows }) {
      if (onWindows || isTrue(field(container.securityContext, 'readOnlyRootFilesystem'))) return;
      const path = [...container.path, 'securityContext', 'readOnlyRootFilesystem'];
      yield {
        path,
        message: `${nameOf(container)} does not set readOnlyRootFilesystem: true`,
        fix: editMember(object.document, object.at(path), true),
        fixMayBreak: 'a program that writes to files of its image',
      };
    },
  }),
  containerCheck({
    id: 'kubernetes-security-context-missing',
    title: 'Nothing is said about the rights of a container',
    severity: 'medium',
    aliases: ['KSV-0118'],
    rationale:
      'Neither the container nor its pod has a securityContext, so the widest defaults hold: root, all default capabilities, no seccomp filter.',
    remediation:
      'Add a securityContext with runAsNonRoot, allowPrivilegeEscalation: false, dropped capabilities and a seccomp profile.',
    controls: ['AC-6', 'CM-6'],
    references: [PAGES.securityContext],
    examples: { fail: [deployment()], pass: [deployment('', context('runAsNonRoot: true'))] },
    *find(container, { securityContext }) {
      if (entriesOf(container.securityContext).length > 0 || entriesOf(securityContext).length > 0) return;
      yield { path: container.path, message: `${nameOf(container)} has no securityContext, nor has its pod` };
    },
  }),
  workloadCheck({
    id: 'kubernetes-shared-processes',
    title: 'Containers of the pod see each other’s processes',
    severity: 'low',
    rationale:
      'Through /proc each container reads the environment and files of the others, a sidecar those of the program.',
    remediation: 'Remove shareProcessNamespace unless a container is there to watch the others.',
    controls: ['SC-39', 'SC-4'],
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/'],
    examples: { fail: [deployment('', 'shareProcessNamespace: true')], pass: [deployment()] },
    *find({ object, spec, specPath }) {
      if (!isTrue(field(spec, 'shareProcessNamespace'))) return;
      const path = [...specPath, 'shareProcessNamespace'];
      const fix = editMember(object.document, object.at(path), false);
      const fixMayBreak = 'a container that is there to watch the others';
      yield { path, message: 'the pod sets shareProcessNamespace: true', fix, fixMayBreak };
    },
  }),
  containerCheck({
    id: 'kubernetes-privileged-port',
    title: 'A container listens on a port below 1024',
    severity: 'low',
    aliases: ['KSV-0117'],
    rationale: 'Such ports were kept for root: the image may run as root, or keep a capability, only because of it.',
    remediation: 'Listen on a port from 1024, and let the Service map the port that clients use.',
    controls: ['CM-7', 'AC-6'],
    references: [PAGES.service],
    examples: {
      fail: [deployment('ports:\n  - containerPort: 80')],
      pass: [deployment('ports:\n  - containerPort: 8080')],
    },
    *find(container) {
      for (const [index, port] of listAt(container.value, 'ports').entries()) {
        const number = numberAt(port, 'containerPort');
        if (number === undefined || number >= 1024) continue;
        yield {
          path: [...container.path, 'ports', index, 'containerPort'],
          message: `${nameOf(container)} listens on port ${number}`,
        };
      }
    },
  }),
  containerCheck({
    id: 'kubernetes-windows-administrator',
    title: 'A Windows container runs as administrator',
    severity: 'medium',
    rationale:
      'ContainerAdministrator may change everything in the container, and is a step nearer to the node than a plain user.',
    remediation: 'Set windowsOptions.runAsUserName to ContainerUser or a user of the image.',
    controls: ['AC-6'],
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/'],
    examples: {
      fail: [deployment(context('windowsOptions: {runAsUserName: ContainerAdministrator}'))],
      pass: [deployment(context('windowsOptions: {runAsUserName: ContainerUser}'))],
    },
    *find(container, workload) {
      const name = field(effective(workload, container, 'windowsOptions'), 'runAsUserName');
      if (typeof name !== 'string' || !/(?:^|\\)(?:ContainerAdministrator|Administrator|SYSTEM)$/i.test(name)) return;
      const path = [...container.path, 'securityContext', 'windowsOptions', 'runAsUserName'];
      yield { path, message: `${nameOf(container)} runs as ${name}` };
    },
  }),
];
