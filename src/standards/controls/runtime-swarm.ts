import type { Control } from '../control.ts';
import { checks, statement } from './evidence.ts';
import { dockerHosts, engine, engines } from './evidence-proof.ts';

export const runtimeSwarmControls: readonly Control[] = [
  {
    id: 'PLM-RUNTIME-SWARM-UNUSED',
    family: 'runtime',
    title: 'Swarm mode is off where it is not used',
    anchors: ['CM-7'],
    why: 'Swarm opens ports and keys that nobody looks after if it is not used.',
    attack: 'Its management ports are attacked.',
    remedy: 'Leave the swarm with `docker swarm leave`.',
    evidence: [checks('docker-host-swarm-unused')],
    proofs: [
      dockerHosts(
        engine(
          { Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
          { swarm: { cluster: { Spec: {} }, nodes: [], services: [] } },
        ),
        engine(
          { Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
          { swarm: { cluster: { Spec: {} }, nodes: [], services: [{ ID: 'invoices' }] } },
        ),
      ),
    ],
  },
  {
    id: 'PLM-RUNTIME-SWARM-MANAGERS',
    family: 'runtime',
    title: 'A swarm has no more managers than it needs',
    anchors: ['AC-6', 'CM-7', 'CP-10'],
    why: 'Each manager holds all secrets of the swarm.',
    attack: 'More managers are more machines to take over.',
    remedy: 'Have three or five managers for availability and not more.',
    evidence: [checks('docker-host-swarm-managers')],
    proofs: [
      engines(
        { Swarm: { LocalNodeState: 'active', Managers: 12 } },
        { Swarm: { LocalNodeState: 'active', Managers: 5 } },
      ),
    ],
  },
  {
    id: 'PLM-RUNTIME-SWARM-AUTOLOCK',
    family: 'runtime',
    title: 'Keys of a swarm are locked when a manager restarts',
    anchors: ['SC-12', 'SC-28'],
    why: "Keys of the swarm lie on its managers' disks.",
    attack: 'With a stolen disk the secrets of the swarm are read.',
    remedy: 'Switch on `--autolock`.',
    evidence: [checks('docker-host-swarm-autolock')],
    proofs: [
      dockerHosts(
        engine(
          { Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
          { swarm: { cluster: { Spec: { EncryptionConfig: { AutoLockManagers: false } } }, nodes: [], services: [] } },
        ),
        engine(
          { Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
          { swarm: { cluster: { Spec: { EncryptionConfig: { AutoLockManagers: true } } }, nodes: [], services: [] } },
        ),
      ),
    ],
  },
  {
    id: 'PLM-RUNTIME-SWARM-AUTOLOCK-ROTATION',
    family: 'runtime',
    title: 'The key that unlocks a swarm is changed at set intervals',
    anchors: ['SC-12'],
    why: 'A key that never changes is good for whoever once saw it.',
    attack: 'An old key unlocks a stolen manager.',
    remedy: 'Change it with `docker swarm unlock-key --rotate` by a schedule.',
    evidence: [statement("Is the key that unlocks the swarm's managers changed at a set interval?")],
    proofs: [],
  },
  {
    id: 'PLM-RUNTIME-SWARM-NODE-CERTIFICATES',
    family: 'runtime',
    title: "Certificates of a swarm's nodes end soon",
    anchors: ['IA-5', 'SC-12'],
    why: 'Short certificates bound how long a stolen one works.',
    attack: 'A retired node can come back for months.',
    remedy: 'Set `--cert-expiry` to what you can keep up with.',
    evidence: [checks('docker-host-swarm-node-certificates')],
    proofs: [
      dockerHosts(
        engine(
          { Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
          {
            swarm: {
              cluster: { Spec: { CAConfig: { NodeCertExpiry: 31_536_000_000_000_000 } } },
              nodes: [],
              services: [],
            },
          },
        ),
        engine(
          { Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
          {
            swarm: {
              cluster: { Spec: { CAConfig: { NodeCertExpiry: 2_592_000_000_000_000 } } },
              nodes: [],
              services: [],
            },
          },
        ),
      ),
    ],
  },
  {
    id: 'PLM-RUNTIME-SWARM-AUTHORITY-ROTATION',
    family: 'runtime',
    title: 'The certificate authority of a swarm is changed at set intervals',
    anchors: ['SC-12', 'SC-17'],
    why: 'The authority decides who belongs to the swarm.',
    attack: 'Whoever got its key once adds nodes for ever.',
    remedy: 'Change it with `docker swarm ca --rotate` by a schedule.',
    evidence: [statement('Is the root certificate of the swarm changed at a set interval?')],
    proofs: [],
  },
];
