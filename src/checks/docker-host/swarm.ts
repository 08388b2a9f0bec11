import { asText, memberOf } from '#foundation/documents/index.ts';
import { type Evidence, need, type Swarm } from '#posture/index.ts';
import type { EvidenceAnswer } from '../evidence-check.ts';
import { dockerHostCheck, dockerOf, hit, infoOf } from './docker-host-check.ts';
import { engineWith, machine } from './examples.ts';

const references = ['https://docs.docker.com/engine/swarm/how-swarm-mode-works/pki/'];
const none = { notApplicable: 'the engine is in no swarm' };

function isActive(evidence: Evidence): boolean {
  return memberOf(memberOf(infoOf(evidence), 'Swarm'), 'LocalNodeState') === 'active';
}

function swarmOf(evidence: Evidence): Swarm {
  return need(dockerOf(evidence).swarm);
}

const active = (more: object = {}) => ({ Swarm: { LocalNodeState: 'active', ControlAvailable: true, ...more } });
const swarm = (spec: object, services: readonly object[] = []) => ({
  swarm: { cluster: { Spec: spec }, nodes: [], services },
});

const unused = dockerHostCheck({
  id: 'docker-host-swarm-unused',
  cis: '5.1',
  title: 'The engine is in a swarm that runs nothing',
  severity: 'medium',
  rationale: 'The ports and keys of a swarm that nobody uses are looked after by nobody.',
  remediation: 'Run `docker swarm leave --force` where no swarm is needed.',
  controls: ['CM-7'],
  references,
  pass: [engineWith({ Swarm: { LocalNodeState: 'inactive' } }), engineWith(active(), swarm({}, [{ ID: 'abc' }]))],
  fail: [engineWith(active(), swarm({}))],
  find: (evidence) => {
    if (!isActive(evidence)) return [];
    return hit(swarmOf(evidence).services.length === 0 ? 'swarm mode is active, and there are no services' : undefined);
  },
});

const MAX_MANAGERS = 7;

const managers = dockerHostCheck({
  id: 'docker-host-swarm-managers',
  cis: '7.1',
  title: 'A swarm has too many managers, or a number that helps nobody',
  severity: 'low',
  rationale:
    'Each manager holds all secrets of the swarm; an even number is one more to take over and no more that may fail.',
  remediation: 'Have one, three, five or seven managers: `docker node demote NODE`.',
  controls: ['AC-6', 'CM-7', 'CP-10'],
  references,
  pass: [engineWith(active({ Managers: 3 }))],
  fail: [engineWith(active({ Managers: 9 })), engineWith(active({ Managers: 4 }))],
  find: (evidence) => {
    if (!isActive(evidence)) return none;
    const count = Number(memberOf(memberOf(infoOf(evidence), 'Swarm'), 'Managers') ?? 0);
    return hit(count > MAX_MANAGERS || (count > 0 && count % 2 === 0) ? `the swarm has ${count} managers` : undefined);
  },
});

const SWARM_PORT = 2377;
const listener = (address: string) => ({ protocol: 'tcp', address, port: SWARM_PORT, uid: 0 });
const swarmHost = (...addresses: string[]) =>
  machine({ docker: { address: 'unix:///run/docker.sock', info: active() }, listeners: addresses.map(listener) });

const swarmInterface = dockerHostCheck({
  id: 'docker-host-swarm-interface',
  cis: '7.2',
  title: 'The management of a swarm listens on every interface',
  severity: 'medium',
  rationale: 'It is then attacked from networks that have no business with it.',
  remediation: 'Join again with `--listen-addr` and `--advertise-addr` that name the address of the managers’ network.',
  controls: ['CM-7', 'SC-7'],
  references,
  pass: [swarmHost('192.0.2.7')],
  fail: [swarmHost('0.0.0.0'), swarmHost('::')],
  find: (evidence) => {
    if (!isActive(evidence)) return none;
    const open = need(evidence.listeners).find(
      ({ port, protocol, address }) => port === SWARM_PORT && protocol === 'tcp' && /^(?:0\.0\.0\.0|::)$/.test(address),
    );
    return hit(open === undefined ? undefined : `port ${SWARM_PORT} is open on ${open.address}`);
  },
});

const overlay = (name: string, options: object) => ({ Name: name, Driver: 'overlay', Options: options });

const encrypted = dockerHostCheck({
  id: 'docker-host-overlay-plain',
  cis: '7.3',
  title: 'An overlay network is not encrypted',
  severity: 'medium',
  rationale: 'Whoever is in the network between the machines reads what services send each other.',
  remediation: 'Create it again with `docker network create --driver overlay --opt encrypted`.',
  controls: ['SC-8', 'SC-8(1)'],
  references: ['https://docs.docker.com/engine/network/drivers/overlay/'],
  pass: [engineWith({}, { networks: [overlay('billing', { encrypted: '' })] })],
  fail: [
    engineWith({}, { networks: [overlay('billing', { 'com.docker.network.driver.overlay.vxlanid_list': '4097' })] }),
  ],
  find: (evidence): EvidenceAnswer => {
    const overlays = need(dockerOf(evidence).networks).filter((network) => memberOf(network, 'Driver') === 'overlay');
    if (overlays.length === 0) return { notApplicable: 'there is no overlay network' };
    return overlays
      .filter((network) => memberOf(memberOf(network, 'Options'), 'encrypted') === undefined)
      .map((network) => ({
        message: `the overlay network ${asText(memberOf(network, 'Name')) ?? ''} is not encrypted`,
      }));
  },
});

const autolock = dockerHostCheck({
  id: 'docker-host-swarm-autolock',
  cis: '7.5',
  title: 'Keys of a swarm lie open on the disks of its managers',
  severity: 'medium',
  rationale: 'With a stolen disk or copy of it the secrets of the swarm are read.',
  remediation: 'Run `docker swarm update --autolock=true` and keep the key that it prints.',
  controls: ['SC-12', 'SC-28'],
  references: ['https://docs.docker.com/engine/swarm/swarm_manager_locking/'],
  pass: [engineWith(active(), swarm({ EncryptionConfig: { AutoLockManagers: true } }))],
  fail: [
    engineWith(active(), swarm({ EncryptionConfig: { AutoLockManagers: false } })),
    engineWith(active(), swarm({})),
  ],
  find: (evidence) => {
    if (!isActive(evidence)) return none;
    const spec = memberOf(swarmOf(evidence).cluster, 'Spec');
    const isLocked = memberOf(memberOf(spec, 'EncryptionConfig'), 'AutoLockManagers') === true;
    return hit(isLocked ? undefined : 'auto-lock is off');
  },
});

const DAY_NS = 86_400_000_000_000;
const MAX_DAYS = 90;
const expiry = (days: number) => engineWith(active(), swarm({ CAConfig: { NodeCertExpiry: days * DAY_NS } }));

const nodeCertificates = dockerHostCheck({
  id: 'docker-host-swarm-node-certificates',
  cis: '7.7',
  title: "Certificates of a swarm's nodes hold longer than 90 days",
  severity: 'low',
  rationale: 'A stolen certificate, or a node that was retired, can come back for months.',
  remediation: 'Run `docker swarm update --cert-expiry 720h`.',
  controls: ['IA-5', 'SC-12'],
  references,
  pass: [expiry(90), expiry(30)],
  fail: [expiry(365)],
  find: (evidence) => {
    if (!isActive(evidence)) return none;
    const value = memberOf(memberOf(memberOf(swarmOf(evidence).cluster, 'Spec'), 'CAConfig'), 'NodeCertExpiry');
    const days = Math.round(Number(value ?? 0) / DAY_NS);
    return hit(days > MAX_DAYS ? `certificates of nodes hold ${days} days` : undefined);
  },
});

export const swarmChecks = [unused, managers, swarmInterface, encrypted, autolock, nodeCertificates];
