import { exact, section, subset } from '../clauses.ts';

export const daemon = section('2 Docker daemon configuration', [
  {
    id: '2.1',
    title: 'The daemon does not run as root where it need not',
    text: 'Docker runs in rootless mode where nothing speaks against it, so that an escape from a container ends in an ordinary account.',
    mappings: exact('PLM-RUNTIME-ROOTLESS'),
  },
  {
    id: '2.2',
    title: 'Containers on the default bridge cannot reach each other',
    text: 'Communication between containers is off on the default bridge (icc is false); what has to talk gets a network of its own.',
    mappings: exact('PLM-RUNTIME-BRIDGE-TRAFFIC'),
  },
  {
    id: '2.3',
    title: 'The daemon logs at level info',
    text: 'The log level is info: less hides what happened, debug writes out what should not be in logs.',
    mappings: exact('PLM-RUNTIME-LOG-LEVEL'),
  },
  {
    id: '2.4',
    title: 'Docker may set the rules of the packet filter',
    text: 'The option iptables is not switched off, so that published ports and networks are filtered as they were declared.',
    mappings: exact('PLM-RUNTIME-PACKET-FILTER'),
  },
  {
    id: '2.5',
    title: 'No insecure registries',
    text: 'The daemon trusts no registry without TLS or with a certificate that it does not check.',
    mappings: subset('PLM-REGISTRY-TLS'),
  },
  {
    id: '2.6',
    title: 'The storage driver aufs is not used',
    text: 'Layers are not kept by aufs, which is no longer maintained and was never part of the kernel.',
    mappings: exact('PLM-RUNTIME-STORAGE-DRIVER'),
  },
  {
    id: '2.7',
    title: 'The daemon asks for certificates over the network',
    text: 'Where the daemon listens on TCP, it does so with TLS and checks the certificates of its clients.',
    mappings: exact('PLM-RUNTIME-API-TLS'),
  },
  {
    id: '2.8',
    title: 'Default limits of the kernel are set',
    text: 'The daemon gives containers sensible default limits of open files and processes (ulimits).',
    mappings: exact('PLM-RUNTIME-DEFAULT-ULIMITS'),
  },
  {
    id: '2.9',
    title: 'Containers have a user namespace',
    text: 'The daemon maps root in containers to an account without rights on the host (userns-remap).',
    mappings: exact('PLM-RUNTIME-USER-NAMESPACES'),
  },
  {
    id: '2.10',
    title: 'The control group of containers is the intended one',
    text: 'The daemon puts containers under the default control group, or under another one that was chosen with care.',
    mappings: exact('PLM-RUNTIME-DEFAULT-CGROUP'),
  },
  {
    id: '2.11',
    title: 'The base size of devices is left alone',
    text: 'The size of the base device of the old devicemapper driver is not raised without need: larger ones let images fill the disk.',
    mappings: exact('PLM-RUNTIME-BASE-SIZE'),
  },
  {
    id: '2.12',
    title: 'Commands to the daemon are authorized',
    text: 'An authorization plugin decides who may send which request to the daemon; without one, each client may do everything.',
    mappings: exact('PLM-RUNTIME-AUTHORISATION'),
  },
  {
    id: '2.13',
    title: 'Logs are collected elsewhere',
    text: 'The logging driver sends the output of containers to a place outside of the host.',
    mappings: exact('PLM-RUNTIME-CENTRAL-LOGS'),
  },
  {
    id: '2.14',
    title: 'Containers gain no new privileges by default',
    text: 'The daemon starts containers with no-new-privileges unless one says otherwise.',
    mappings: exact('PLM-RUNTIME-NO-NEW-PRIVILEGES'),
  },
  {
    id: '2.15',
    title: 'Containers live on while the daemon restarts',
    text: 'Live restore is on, so that patching the daemon is no reason to stop containers.',
    mappings: exact('PLM-RUNTIME-LIVE-RESTORE'),
  },
  {
    id: '2.16',
    title: 'The proxy for published ports is off',
    text: 'Ports are forwarded by the kernel, not by a process of the host for each port (userland-proxy is false).',
    mappings: exact('PLM-RUNTIME-USERLAND-PROXY'),
  },
  {
    id: '2.17',
    title: 'The filter of system calls of the daemon is the intended one',
    text: 'Where containers need another filter of system calls than the default one, the daemon has it as its own default.',
    mappings: exact('PLM-RUNTIME-SECCOMP-PROFILE'),
  },
  {
    id: '2.18',
    title: 'Experimental features are off',
    text: 'The daemon runs without experimental features where it serves production.',
    mappings: exact('PLM-RUNTIME-EXPERIMENTAL'),
  },
]);
