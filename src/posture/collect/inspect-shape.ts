import { asList, asText, entriesOf, memberOf } from '#foundation/documents/index.ts';
import { redactArguments, redactText } from '../redact.ts';

/** What of an engine's answers is kept: names of members, or how a member is kept. What is not named may be a secret. */
type How = 'whole' | 'names' | ((value: unknown) => unknown);
export type Shape = ReadonlyMap<string, How>;

export function kept(value: unknown, shape: Shape): Record<string, unknown> {
  const members = [...shape].flatMap(([name, how]) => {
    const member = memberOf(value, name);
    if (member === undefined) return [];
    if (how === 'whole') return [[name, member] as const];
    if (how === 'names') return [[name, Object.fromEntries(entriesOf(member).map(([key]) => [key, {}]))] as const];
    return [[name, how(member)] as const];
  });
  return Object.fromEntries(members);
}

function whole(...names: string[]): [string, How][] {
  return names.map((name) => [name, 'whole']);
}

const part = (shape: Shape) => (value: unknown) => kept(value, shape);
const each = (shape: Shape) => (value: unknown) => (asList(value) ?? []).map((one) => kept(one, shape));

/** Names of variables are evidence, their values are not. */
function namesOfVariables(value: unknown): string[] {
  return (asList(value) ?? []).map((variable) => (asText(variable) ?? '').replace(/=.*$/s, '=<hidden>'));
}

function words(value: unknown): string[] {
  return redactArguments((asList(value) ?? []).map((word) => asText(word) ?? ''));
}

/** Whether there is a health check, and of what kind. */
function firstWord(value: unknown): unknown[] {
  return (asList(value) ?? []).slice(0, 1);
}

function text(value: unknown): string {
  return redactText(asText(value) ?? '');
}

const hostConfig: Shape = new Map<string, How>([
  ...whole('AutoRemove', 'CapAdd', 'CapDrop', 'CgroupParent', 'CgroupnsMode', 'CpuPeriod', 'CpuQuota', 'CpuShares'),
  ...whole('CpusetCpus', 'DeviceCgroupRules', 'DeviceRequests', 'Devices', 'IpcMode', 'Isolation', 'MaskedPaths'),
  ...whole('Memory', 'MemoryReservation', 'MemorySwap', 'NanoCpus', 'NetworkMode', 'OomKillDisable', 'PidMode'),
  ...whole('PidsLimit', 'PortBindings', 'Privileged', 'PublishAllPorts', 'ReadonlyPaths', 'ReadonlyRootfs'),
  ...whole('RestartPolicy', 'Runtime', 'SecurityOpt', 'Sysctls', 'UTSMode', 'Ulimits', 'UsernsMode'),
  ['LogConfig', part(new Map<string, How>(whole('Type')))],
]);

const networks = (value: unknown) =>
  Object.fromEntries(
    entriesOf(value).map(([name, network]) => [name, kept(network, new Map<string, How>(whole('NetworkID')))]),
  );

export const containerShape: Shape = new Map<string, How>([
  ...whole('Id', 'Name', 'Created', 'Image', 'Driver', 'AppArmorProfile', 'ProcessLabel', 'MountLabel'),
  ['Args', words],
  ['Path', text],
  [
    'State',
    part(
      new Map<string, How>([
        ...whole('Status', 'Running', 'Pid', 'StartedAt', 'FinishedAt'),
        ['Health', part(new Map<string, How>(whole('Status')))],
      ]),
    ),
  ],
  ['HostConfig', part(hostConfig)],
  ['Mounts', each(new Map<string, How>(whole('Type', 'Name', 'Source', 'Destination', 'Mode', 'RW', 'Propagation')))],
  [
    'Config',
    part(
      new Map<string, How>([
        ...whole('User', 'Image', 'ExposedPorts'),
        ['Env', namesOfVariables],
        ['Healthcheck', part(new Map<string, How>([['Test', firstWord]]))],
      ]),
    ),
  ],
  ['NetworkSettings', part(new Map<string, How>([...whole('Ports'), ['Networks', networks]]))],
]);

export const imageShape: Shape = new Map<string, How>(whole('Id', 'RepoTags', 'RepoDigests', 'Created', 'Size'));

export const networkShape: Shape = new Map<string, How>([
  ...whole('Id', 'Name', 'Driver', 'Scope', 'Internal', 'Attachable', 'Ingress', 'EnableIPv6', 'Options'),
]);

export const infoShape: Shape = new Map<string, How>([
  ...whole('ID', 'Name', 'ServerVersion', 'Driver', 'DockerRootDir', 'LoggingDriver', 'CgroupDriver', 'CgroupVersion'),
  ...whole('SecurityOptions', 'LiveRestoreEnabled', 'ExperimentalBuild', 'Debug', 'DefaultRuntime', 'OperatingSystem'),
  ...whole('KernelVersion', 'Architecture', 'Containers', 'ContainersRunning', 'Images', 'ContainerdCommit'),
  ...whole('RuncCommit', 'InitCommit', 'Containerd'),
  ['Runtimes', 'names'],
  ['RegistryConfig', part(new Map<string, How>(whole('InsecureRegistryCIDRs', 'IndexConfigs')))],
  [
    'Swarm',
    part(
      new Map<string, How>([
        ...whole('NodeID', 'NodeAddr', 'LocalNodeState', 'ControlAvailable', 'Managers', 'Nodes', 'Error'),
        ['Cluster', 'names'],
      ]),
    ),
  ],
]);

export const versionShape: Shape = new Map<string, How>([
  ...whole('Version', 'ApiVersion', 'MinAPIVersion', 'GitCommit', 'Os', 'Arch', 'KernelVersion', 'BuildTime'),
  ['Components', each(new Map<string, How>(whole('Name', 'Version')))],
]);

export const clusterShape: Shape = new Map<string, How>([
  ...whole('ID', 'CreatedAt', 'UpdatedAt', 'RootRotationInProgress', 'DataPathPort', 'DefaultAddrPool'),
  [
    'Spec',
    part(
      new Map<string, How>([
        ...whole('Name'),
        ['EncryptionConfig', part(new Map<string, How>(whole('AutoLockManagers')))],
        ['CAConfig', part(new Map<string, How>(whole('NodeCertExpiry', 'ForceRotate')))],
      ]),
    ),
  ],
]);

export const nodeShape: Shape = new Map<string, How>([
  ...whole('ID', 'Status', 'ManagerStatus'),
  ['Spec', part(new Map<string, How>(whole('Role', 'Availability')))],
]);

export const serviceShape: Shape = new Map<string, How>([
  ...whole('ID', 'Endpoint'),
  ['Spec', part(new Map<string, How>([...whole('Name', 'EndpointSpec')]))],
]);
