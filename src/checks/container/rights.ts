import { asList, asText, memberOf, textsOf } from '#foundation/documents/index.ts';
import { daemonOf } from '#posture/index.ts';
import { composeApparmorUnconfined } from '../compose/checks/compose-apparmor-unconfined.ts';
import { composeCapabilitiesKept } from '../compose/checks/compose-capabilities-kept.ts';
import { composeDangerousCapability, isDangerousCapability } from '../compose/checks/compose-dangerous-capability.ts';
import { composeDevice } from '../compose/checks/compose-device.ts';
import { composeNewPrivileges } from '../compose/checks/compose-new-privileges.ts';
import { composePrivileged } from '../compose/checks/compose-privileged.ts';
import { composeRootFilesystemWritable } from '../compose/checks/compose-root-filesystem-writable.ts';
import { composeSeccompUnconfined } from '../compose/checks/compose-seccomp-unconfined.ts';
import { composeSelinuxDisabled } from '../compose/checks/compose-selinux-disabled.ts';
import { containerCheck, setting } from './container-check.ts';
import { type ContainerSubject, hostConfig, securityOption } from './subject.ts';

const privileged = containerCheck(composePrivileged, {
  id: 'container-privileged',
  title: 'A container runs privileged',
  cis: '5.5',
  remediation: 'Start it again without `--privileged`; give the single capability or device that it needs.',
  pass: [{ HostConfig: { Privileged: false } }],
  fail: [{ HostConfig: { Privileged: true } }],
  find: setting(
    'Privileged',
    (value) => value === true,
    () => 'it runs privileged',
  ),
});

const dangerousCapability = containerCheck(composeDangerousCapability, {
  id: 'container-dangerous-capability',
  title: 'A container has a capability that leads to the host',
  cis: '5.4',
  remediation: 'Start it again without that `--cap-add`; look for the narrower one that the program needs.',
  pass: [{ HostConfig: { CapAdd: ['CAP_NET_BIND_SERVICE'] } }, { HostConfig: { CapAdd: null } }],
  fail: [{ HostConfig: { CapAdd: ['CAP_SYS_ADMIN'] } }, { HostConfig: { CapAdd: ['all'] } }],
  find: (container) =>
    textsOf(hostConfig(container, 'CapAdd'))
      .filter(isDangerousCapability)
      .map((capability) => ({ message: `the capability ${capability} is added` })),
});

const capabilitiesKept = containerCheck(composeCapabilitiesKept, {
  id: 'container-capabilities-kept',
  title: 'A container keeps capabilities that it was not asked whether it needs',
  cis: '5.4',
  remediation: 'Start it again with `--cap-drop ALL` and add back what the program turns out to need.',
  pass: [{ HostConfig: { CapDrop: ['ALL'], CapAdd: ['CAP_CHOWN'] } }],
  fail: [{ HostConfig: { CapDrop: null } }, { HostConfig: { CapDrop: ['CAP_NET_RAW'] } }],
  find: (container) =>
    textsOf(hostConfig(container, 'CapDrop')).some((capability) => /^(?:CAP_)?ALL$/i.test(capability))
      ? []
      : [{ message: 'not all capabilities are dropped' }],
});

/** Podman lists each capability of the default set that is dropped; Docker says ALL. Both name options with `=` or `:`. */
function optionsOf(container: ContainerSubject): string[] {
  return textsOf(hostConfig(container, 'SecurityOpt'));
}

const newPrivileges = containerCheck(composeNewPrivileges, {
  id: 'container-new-privileges',
  title: 'Processes of a container can gain rights',
  cis: '5.26',
  remediation:
    'Start it again with `--security-opt no-new-privileges`, or set `"no-new-privileges": true` in `daemon.json`.',
  pass: [
    { HostConfig: { SecurityOpt: ['no-new-privileges:true'] } },
    { HostConfig: { SecurityOpt: ['no-new-privileges'] } },
    { host: runningWith('--no-new-privileges') },
  ],
  fail: [
    { HostConfig: { SecurityOpt: null }, host: runningWith() },
    { HostConfig: { SecurityOpt: ['no-new-privileges:false'] }, host: runningWith('--no-new-privileges') },
  ],
  find: (container) => {
    const own = optionsOf(container).find((option) => option.startsWith('no-new-privileges'));
    if (own !== undefined) return /[:=]false$/.test(own) ? [{ message: `it was started with ${own}` }] : [];
    const isDefault =
      container.engine === 'docker' && daemonOf(container.evidence).settings.get('no-new-privileges') === true;
    return isDefault ? [] : [{ message: 'neither it nor the daemon forbids new privileges' }];
  },
});

/** A machine on which dockerd runs with these options and without a configuration file. */
function runningWith(...options: string[]): object {
  const dockerd = { pid: 700, parent: 1, uid: 0, name: 'dockerd', arguments: ['/usr/bin/dockerd', ...options] };
  return { processes: [dockerd], files: [{ path: '/etc/docker/daemon.json', type: 'absent' }] };
}

const writableRoot = containerCheck(composeRootFilesystemWritable, {
  id: 'container-root-filesystem-writable',
  title: 'The root file system of a container can be written',
  cis: '5.13',
  remediation: 'Start it again with `--read-only`, and with `--tmpfs` or volumes where it writes.',
  pass: [{ HostConfig: { ReadonlyRootfs: true } }],
  fail: [{ HostConfig: { ReadonlyRootfs: false } }],
  find: setting(
    'ReadonlyRootfs',
    (value) => value !== true,
    () => 'its root file system can be written',
  ),
});

const seccompUnconfined = containerCheck(composeSeccompUnconfined, {
  id: 'container-seccomp-unconfined',
  title: 'A container runs without a filter of system calls',
  cis: '5.22',
  remediation: 'Start it again without `--security-opt seccomp=unconfined`.',
  pass: [{ HostConfig: { SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_ERRNO"}'] } }],
  fail: [
    { HostConfig: { SecurityOpt: ['seccomp=unconfined'] } },
    { HostConfig: { SecurityOpt: ['seccomp:unconfined'] } },
  ],
  find: (container) =>
    optionsOf(container)
      .filter((option) => /^seccomp[:=]unconfined$/.test(option))
      .map((option) => ({ message: `it was started with ${option}` })),
});

const appArmor = containerCheck(composeApparmorUnconfined, {
  id: 'container-apparmor-unconfined',
  title: 'A container has no AppArmor profile on a host that has AppArmor',
  cis: '5.2',
  remediation: 'Start it again without `--security-opt apparmor=unconfined` and without `--privileged`.',
  pass: [{ info: { SecurityOptions: ['name=apparmor'] }, AppArmorProfile: 'docker-default' }],
  fail: [
    { info: { SecurityOptions: ['name=apparmor'] }, AppArmorProfile: 'unconfined' },
    { info: { SecurityOptions: ['name=apparmor'] }, AppArmorProfile: '' },
  ],
  find: ({ inspected, info }) => {
    if (securityOption(info, 'apparmor') === undefined) return { notApplicable: 'the engine does not use AppArmor' };
    const profile = asText(memberOf(inspected, 'AppArmorProfile')) ?? '';
    return profile === '' || profile === 'unconfined'
      ? [{ message: profile === '' ? 'it has no AppArmor profile' : 'its AppArmor profile is unconfined' }]
      : [];
  },
});

const seLinux = containerCheck(composeSelinuxDisabled, {
  id: 'container-selinux-disabled',
  title: 'A container has no SELinux label on a host that has SELinux',
  cis: '5.3',
  remediation: 'Start it again without `--security-opt label=disable`; relabel mounts with `:z` or `:Z` instead.',
  pass: [{ info: { SecurityOptions: ['name=selinux'] }, ProcessLabel: 'system_u:system_r:container_t:s0:c1,c2' }],
  fail: [
    { info: { SecurityOptions: ['name=selinux'] }, ProcessLabel: '', HostConfig: { SecurityOpt: ['label=disable'] } },
  ],
  find: ({ inspected, info }) => {
    if (securityOption(info, 'selinux') === undefined) return { notApplicable: 'the engine does not use SELinux' };
    const label = asText(memberOf(inspected, 'ProcessLabel')) ?? '';
    return /:(?:container|svirt|spc)_/.test(label) && !label.includes(':spc_t') ? [] : [{ message: labelWords(label) }];
  },
});

function labelWords(label: string): string {
  return label === '' ? 'it has no SELinux label' : `its SELinux label is ${label}`;
}

const device = containerCheck(composeDevice, {
  id: 'container-device',
  title: 'A container has a device of the host',
  cis: '5.18',
  remediation: 'Start it again without that `--device`, or with the rights that it needs only (`r`, `w`, `m`).',
  pass: [{ HostConfig: { Devices: [] } }, { HostConfig: { Devices: null } }],
  fail: [
    { HostConfig: { Devices: [{ PathOnHost: '/dev/sda', PathInContainer: '/dev/sda', CgroupPermissions: 'rwm' }] } },
  ],
  find: (container) =>
    (asList(hostConfig(container, 'Devices')) ?? []).map((one) => ({
      message: `it has ${asText(memberOf(one, 'PathOnHost')) ?? 'a device'} (${asText(memberOf(one, 'CgroupPermissions')) ?? 'rwm'})`,
    })),
});

export const rightsChecks = [
  privileged,
  dangerousCapability,
  capabilitiesKept,
  newPrivileges,
  writableRoot,
  seccompUnconfined,
  appArmor,
  seLinux,
  device,
];
