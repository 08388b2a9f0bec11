import { exact, section, superset } from '../clauses.ts';

/** Clauses 1.1.3 to 1.1.18 ask for the same of one path each. */
const audited = (id: string, path: string, what: string, control: string) => ({
  id,
  title: `Changes of ${path} are audited`,
  text: `The audit system of the host records who uses or changes ${path}: ${what}.`,
  mappings: exact(control),
});

export const host = [
  ...section('1.1 Linux hosts', [
    {
      id: '1.1.1',
      title: 'Containers have a partition of their own',
      text: 'The data directory of Docker lies on a partition of its own, so that images and containers cannot fill the disk that the host itself needs.',
      mappings: exact('PLM-HOST-PARTITION'),
    },
    {
      id: '1.1.2',
      title: 'Only trusted people control the Docker daemon',
      text: 'The group docker has only members who may be root on the host, because whoever controls the daemon is.',
      mappings: exact('PLM-HOST-TRUSTED-OPERATORS'),
    },
    audited(
      '1.1.3',
      'the Docker daemon',
      'it runs with the rights of root, so each start of it and each of its calls is worth a record',
      'PLM-HOST-AUDIT-DOCKERD',
    ),
    audited(
      '1.1.4',
      '/run/containerd',
      'it has the sockets and the state of running containers',
      'PLM-HOST-AUDIT-RUN-CONTAINERD',
    ),
    audited('1.1.5', '/var/lib/docker', 'it has all images, containers and volumes', 'PLM-HOST-AUDIT-DATA-DIRECTORY'),
    audited(
      '1.1.6',
      '/etc/docker',
      'it has certificates, keys and the settings of the daemon',
      'PLM-HOST-AUDIT-CONFIGURATION-DIRECTORY',
    ),
    audited('1.1.7', 'docker.service', 'it says how the daemon is started', 'PLM-HOST-AUDIT-SERVICE-UNIT'),
    audited(
      '1.1.8',
      'containerd.sock',
      'whoever writes to it starts containers past Docker',
      'PLM-HOST-AUDIT-CONTAINERD-SOCKET',
    ),
    audited('1.1.9', 'docker.socket', 'it says who may reach the socket of the daemon', 'PLM-HOST-AUDIT-SOCKET-UNIT'),
    audited('1.1.10', '/etc/default/docker', 'it may add options to the daemon', 'PLM-HOST-AUDIT-DEFAULT-FILE'),
    audited('1.1.11', '/etc/docker/daemon.json', 'it has the settings of the daemon', 'PLM-HOST-AUDIT-DAEMON-JSON'),
    audited(
      '1.1.12',
      '/etc/containerd/config.toml',
      'it has the settings of containerd',
      'PLM-HOST-AUDIT-CONTAINERD-CONFIGURATION',
    ),
    audited('1.1.13', '/etc/sysconfig/docker', 'it may add options to the daemon', 'PLM-HOST-AUDIT-SYSCONFIG-FILE'),
    audited(
      '1.1.14',
      '/usr/bin/containerd',
      'it is the program that keeps containers running',
      'PLM-HOST-AUDIT-CONTAINERD',
    ),
    audited(
      '1.1.15',
      '/usr/bin/containerd-shim',
      'it is the parent of the processes of each container',
      'PLM-HOST-AUDIT-CONTAINERD-SHIM',
    ),
    audited(
      '1.1.16',
      '/usr/bin/containerd-shim-runc-v1',
      'it is the parent of the processes of each container',
      'PLM-HOST-AUDIT-CONTAINERD-SHIM-RUNC-V1',
    ),
    audited(
      '1.1.17',
      '/usr/bin/containerd-shim-runc-v2',
      'it is the parent of the processes of each container',
      'PLM-HOST-AUDIT-CONTAINERD-SHIM-RUNC-V2',
    ),
    audited('1.1.18', '/usr/bin/runc', 'it sets up the walls around each container', 'PLM-HOST-AUDIT-RUNC'),
  ]),
  ...section('1.2 General configuration', [
    {
      id: '1.2.1',
      title: 'The host is hardened',
      text: 'The operating system under the containers is set up after a guide for hardening it: containers are only as safe as the kernel that they share.',
      mappings: exact('PLM-HOST-HARDENED'),
    },
    {
      id: '1.2.2',
      title: 'Docker is up to date',
      text: 'The installed version of Docker is supported and has the current security fixes.',
      mappings: superset('PLM-RUNTIME-PATCHED'),
    },
  ]),
];
