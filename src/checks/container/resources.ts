import { asList, asText, memberOf } from '#foundation/documents/index.ts';
import { composeCgroupParent } from '../compose/checks/compose-cgroup-parent.ts';
import { composeCpuUnlimited } from '../compose/checks/compose-cpu-unlimited.ts';
import { composeHealthcheckMissing } from '../compose/checks/compose-healthcheck-missing.ts';
import { composeMemoryUnlimited } from '../compose/checks/compose-memory-unlimited.ts';
import { composePidsUnlimited } from '../compose/checks/compose-pids-unlimited.ts';
import { composeRestartUnlimited } from '../compose/checks/compose-restart-unlimited.ts';
import { composeUlimitUnlimited } from '../compose/checks/compose-ulimit-unlimited.ts';
import { containerCheck, setting } from './container-check.ts';
import { hostConfig } from './subject.ts';

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

const memory = containerCheck(composeMemoryUnlimited, {
  id: 'container-memory-unlimited',
  title: 'A container may use all memory',
  cis: '5.11',
  remediation: 'Give a limit: `docker update --memory 512m --memory-swap 512m NAME`.',
  pass: [{ HostConfig: { Memory: 536_870_912 } }],
  fail: [{ HostConfig: { Memory: 0 } }, { HostConfig: {} }],
  find: setting(
    'Memory',
    (value) => !isPositive(value),
    () => 'its memory is not limited',
  ),
});

const CPU = ['NanoCpus', 'CpuQuota', 'CpuShares'];

const cpu = containerCheck(composeCpuUnlimited, {
  id: 'container-cpu-unlimited',
  title: 'A container may use all processors',
  cis: '5.12',
  remediation: 'Give a limit or a share: `docker update --cpus 1.5 NAME`.',
  pass: [{ HostConfig: { NanoCpus: 1_500_000_000 } }, { HostConfig: { CpuShares: 512 } }],
  fail: [{ HostConfig: { NanoCpus: 0, CpuQuota: 0, CpuShares: 0 } }],
  find: (container) =>
    CPU.some((name) => isPositive(hostConfig(container, name)))
      ? []
      : [{ message: 'it has neither a limit nor a share of processor time' }],
});

const pids = containerCheck(composePidsUnlimited, {
  id: 'container-pids-unlimited',
  title: 'A container may start any number of processes',
  cis: '5.29',
  remediation: 'Give a limit: `docker update --pids-limit 200 NAME`.',
  pass: [{ HostConfig: { PidsLimit: 200 } }],
  fail: [{ HostConfig: { PidsLimit: null } }, { HostConfig: { PidsLimit: -1 } }, { HostConfig: { PidsLimit: 0 } }],
  find: setting(
    'PidsLimit',
    (value) => !isPositive(value),
    () => 'the number of its processes is not limited',
  ),
});

/** Programs that lock their memory ask for no limit there, and say why in their manuals. */
const expectedUnlimited = new Set(['memlock', 'rtprio']);

const ulimit = containerCheck(composeUlimitUnlimited, {
  id: 'container-ulimit-unlimited',
  title: 'A limit of the kernel is lifted for a container',
  cis: '5.19',
  remediation: 'Start it again with the number that it needs: `--ulimit nofile=65536`.',
  pass: [
    { HostConfig: { Ulimits: [{ Name: 'nofile', Soft: 65_536, Hard: 65_536 }] } },
    { HostConfig: { Ulimits: [{ Name: 'memlock', Soft: -1, Hard: -1 }] } },
  ],
  fail: [{ HostConfig: { Ulimits: [{ Name: 'nproc', Soft: -1, Hard: -1 }] } }],
  find: (container) =>
    (asList(hostConfig(container, 'Ulimits')) ?? [])
      .filter((limit) => !expectedUnlimited.has(asText(memberOf(limit, 'Name')) ?? ''))
      .filter((limit) => memberOf(limit, 'Soft') === -1 || memberOf(limit, 'Hard') === -1)
      .map((limit) => ({ message: `the limit ${asText(memberOf(limit, 'Name')) ?? ''} is lifted` })),
});

const cgroupParent = containerCheck(composeCgroupParent, {
  id: 'container-cgroup-parent',
  title: 'A container is in a control group of its own choice',
  cis: '5.25',
  remediation: 'Start it again without `--cgroup-parent`, unless that group has limits which somebody looks after.',
  pass: [{ HostConfig: { CgroupParent: '' } }],
  fail: [{ HostConfig: { CgroupParent: '/system' } }],
  // Podman puts containers of pods, and those that systemd starts, into groups of its own.
  find: (container) => {
    const parent = asText(hostConfig(container, 'CgroupParent')) ?? '';
    const isOwn = container.engine === 'podman' && /^(?:machine|user)\.slice/.test(parent);
    return parent === '' || isOwn ? [] : [{ message: `it is in the control group ${parent}` }];
  },
});

const MAX_RESTARTS = 5;

const restart = containerCheck(composeRestartUnlimited, {
  id: 'container-restart-unlimited',
  title: 'A container that fails is restarted without end',
  cis: '5.15',
  remediation: 'Bound it: `docker update --restart on-failure:5 NAME`.',
  pass: [
    { HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 } } },
    { HostConfig: { RestartPolicy: { Name: 'no', MaximumRetryCount: 0 } } },
  ],
  fail: [
    { HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } },
    { HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 0 } } },
  ],
  find: setting('RestartPolicy', isUnbounded, (policy) => `it is restarted ${restartWords(policy)}`),
});

function isUnbounded(policy: unknown): boolean {
  const name = asText(memberOf(policy, 'Name')) ?? '';
  const count = memberOf(policy, 'MaximumRetryCount');
  if (name === 'on-failure') return !(isPositive(count) && Number(count) <= MAX_RESTARTS);
  return name === 'always' || name === 'unless-stopped';
}

function restartWords(policy: unknown): string {
  const name = asText(memberOf(policy, 'Name')) ?? '';
  const count = memberOf(policy, 'MaximumRetryCount');
  return isPositive(count) ? `${name}, ${String(count)} times` : `${name}, without a bound`;
}

const health = containerCheck(composeHealthcheckMissing, {
  id: 'container-healthcheck-missing',
  title: 'Nothing asks a running container whether it is well',
  cis: '5.27',
  remediation: 'Start it again with `--health-cmd`, or give its image a HEALTHCHECK.',
  pass: [{ State: { Status: 'running', Health: { Status: 'healthy' } } }],
  fail: [{ State: { Status: 'running' } }, { State: { Status: 'running', Health: { Status: 'unhealthy' } } }],
  find: ({ inspected }) => {
    const status = asText(memberOf(memberOf(memberOf(inspected, 'State'), 'Health'), 'Status')) ?? '';
    if (status === '' || status === 'none') return [{ message: 'it has no health check' }];
    return status === 'unhealthy' ? [{ message: 'it is unhealthy' }] : [];
  },
});

export const resourceChecks = [memory, cpu, pids, ulimit, cgroupParent, restart, health];
