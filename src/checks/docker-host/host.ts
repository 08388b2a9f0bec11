import { asText, memberOf } from '#foundation/documents/index.ts';
import { daemonOf, type Evidence, EvidenceMissing, type Mount, need } from '#posture/index.ts';
import type { EvidenceAnswer } from '../evidence-check.ts';
import { dockerHostCheck, hit, infoOf } from './docker-host-check.ts';
import { machine } from './examples.ts';

const engine = { address: 'unix:///run/docker.sock', info: { DockerRootDir: '/var/lib/docker' } };
const root = { target: '/', type: 'ext4', source: '/dev/vda1', options: ['rw'] };
const own = { target: '/var/lib/docker', type: 'xfs', source: '/dev/vdb1', options: ['rw', 'nodev'] };

const partition = dockerHostCheck({
  id: 'docker-host-partition',
  cis: '1.1.1',
  title: "The engine's data has no file system of its own",
  severity: 'low',
  rationale: 'Images and logs grow until the disk is full, and then the whole machine stops.',
  remediation: 'Mount a file system of its own at the data directory of Docker, and copy what is there before.',
  controls: ['SC-5', 'SC-6'],
  references: ['https://docs.docker.com/engine/daemon/#daemon-data-directory'],
  pass: [machine({ docker: engine, mounts: [root, own] })],
  fail: [
    machine({ docker: engine, mounts: [root] }),
    // A directory of the root file system that is mounted on itself is no file system of its own.
    machine({ docker: engine, mounts: [root, { ...own, root: '/docker', type: 'ext4', source: '/dev/vda1' }] }),
  ],
  find: (evidence) => {
    const directory = asText(memberOf(infoOf(evidence), 'DockerRootDir'));
    if (directory === undefined) throw new EvidenceMissing('the engine does not name its data directory');
    return hit(partitionFault(need(evidence.mounts), directory));
  },
});

function partitionFault(mounts: readonly Mount[], directory: string): string | undefined {
  const mount = mounts.findLast(({ target }) => target === directory);
  if (mount === undefined) return `${directory} is no mount point`;
  const system = mounts.findLast(({ target }) => target === '/');
  const isShared = system !== undefined && mount.source === system.source && mount.source.startsWith('/dev/');
  return isShared ? `${directory} is a part of ${mount.source}, which / is on` : undefined;
}

const clerk = { name: 'clerk', uid: 1000, gid: 1000, home: '/home/clerk', shell: '/bin/sh' };
const groupWith = (...members: string[]) => [{ name: 'docker', gid: 101, members }];
const dockerd = { pid: 700, parent: 1, uid: 0, name: 'dockerd', arguments: ['/usr/bin/dockerd'] };
const noFile = [{ path: '/etc/docker/daemon.json', type: 'absent' }];
const running = { processes: [dockerd], files: noFile };

const operators = dockerHostCheck({
  id: 'docker-host-operators',
  cis: '1.1.2',
  title: 'A user who is not root may control the daemon',
  severity: 'medium',
  rationale: 'Whoever is in the group of the socket mounts the disk of the machine in a container and is root.',
  remediation: 'Take users out of the group (`gpasswd -d USER docker`), or accept each with the reason for it.',
  controls: ['AC-3', 'AC-6'],
  references: ['https://docs.docker.com/engine/security/#docker-daemon-attack-surface'],
  pass: [machine({ ...running, users: [clerk], groups: groupWith() })],
  fail: [
    machine({ ...running, users: [clerk], groups: groupWith('clerk') }),
    // The group may also be a user's own one: /etc/group does not list those.
    machine({ ...running, users: [{ ...clerk, gid: 101 }], groups: groupWith() }),
  ],
  find: operatorsAnswer,
});

function operatorsAnswer(evidence: Evidence): EvidenceAnswer {
  const name = daemonOf(evidence).settings.get('group') ?? 'docker';
  const group = need(evidence.groups).find((one) => one.name === name);
  if (group === undefined) return { notApplicable: `there is no group ${String(name)}` };
  const primary = need(evidence.users).filter(({ gid, uid }) => gid === group.gid && uid !== 0);
  const members = new Set(
    [...group.members, ...primary.map((user) => user.name)].filter((member) => member !== 'root'),
  );
  return [...members].map((member) => ({
    message: `${member} is in the group ${group.name}`,
    remediation: `Run \`gpasswd -d ${member} ${group.name}\`, or accept it with the reason.`,
    resource: { kind: 'user', name: member },
  }));
}

export const hostChecks = [partition, operators];
