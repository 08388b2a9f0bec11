import { exact, section } from '../clauses.ts';

export const operations = [
  ...section('6 Docker security operations', [
    {
      id: '6.1',
      title: 'Images do not pile up',
      text: 'Images that nothing runs any more are removed from hosts, so that nobody starts an old and vulnerable one.',
      mappings: exact('PLM-DETECTION-IMAGE-SPRAWL'),
    },
    {
      id: '6.2',
      title: 'Containers do not pile up',
      text: 'Containers that have ended or that nobody needs are removed, so that what runs on a host is known.',
      mappings: exact('PLM-DETECTION-CONTAINER-SPRAWL'),
    },
  ]),
  ...section('7 Docker Swarm configuration', [
    {
      id: '7.1',
      title: 'A swarm has as many managers as it needs',
      text: 'There are enough managers for one to fail, and no more: each of them can change everything.',
      mappings: exact('PLM-RUNTIME-SWARM-MANAGERS'),
    },
    {
      id: '7.2',
      title: 'Swarm listens on one interface',
      text: 'The management port of swarm is bound to the address that the managers use among themselves.',
      mappings: exact('PLM-NETWORK-SWARM-INTERFACE'),
    },
    {
      id: '7.3',
      title: 'Overlay networks are encrypted',
      text: 'Networks between hosts of a swarm are made with encryption, which is not the default for data.',
      mappings: exact('PLM-NETWORK-SWARM-ENCRYPTED'),
    },
    {
      id: '7.4',
      title: 'Secrets of a swarm are kept as secrets',
      text: 'Passwords and keys reach services through the secrets of swarm and not through variables or images.',
      mappings: exact('PLM-SECRETS-SWARM-SECRETS'),
    },
    {
      id: '7.5',
      title: 'Managers are locked after a restart',
      text: 'Auto-lock is on: the keys of a manager’s log are encrypted, and somebody has to unlock it when it starts.',
      mappings: exact('PLM-RUNTIME-SWARM-AUTOLOCK'),
    },
    {
      id: '7.6',
      title: 'The key of auto-lock is changed',
      text: 'The key that unlocks managers is rotated at fixed times and when somebody who knew it leaves.',
      mappings: exact('PLM-RUNTIME-SWARM-AUTOLOCK-ROTATION'),
    },
    {
      id: '7.7',
      title: 'Certificates of nodes are renewed',
      text: 'The lifetime of node certificates is set as the place needs it.',
      mappings: exact('PLM-RUNTIME-SWARM-NODE-CERTIFICATES'),
    },
    {
      id: '7.8',
      title: 'The authority of the swarm is renewed',
      text: 'The certificate of the swarm’s own authority is rotated at fixed times.',
      mappings: exact('PLM-RUNTIME-SWARM-AUTHORITY-ROTATION'),
    },
    {
      id: '7.9',
      title: 'Management and data use different networks',
      text: 'Traffic between managers and traffic of services go over different interfaces.',
      mappings: exact('PLM-NETWORK-SWARM-PLANES'),
    },
  ]),
];
