import type { Control } from '../control.ts';
import { checks, outside } from './evidence.ts';
import { compose, kubernetes, services } from './proof.ts';

const STORE = `apiVersion: v1
kind: Pod
metadata: {name: ledger, namespace: billing, labels: {app: ledger}}
spec:
  containers:
    - name: ledger
      image: docker.io/library/mysql:8.4
      ports: [{containerPort: 3306}]
`;

const STORE_POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ledger, namespace: billing}
spec:
  podSelector: {matchLabels: {app: ledger}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: invoices}}}]}]
`;

function storeService(type: string): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ledger, namespace: billing}
spec:
  type: ${type}
  selector: {app: ledger}
  ports: [{port: 3306}]
`;
}

import { dockerHosts, engine, running } from './evidence-proof.ts';

export const networkHostsControls: readonly Control[] = [
  {
    id: 'PLM-NETWORK-DEFAULT-BRIDGE',
    family: 'network',
    title: "Containers are not on the engine's default bridge",
    anchors: ['AC-4', 'SC-7'],
    why: 'On the default bridge all containers of the host can reach each other.',
    attack: 'A taken-over container reaches services of other applications.',
    remedy: 'Give each application networks of its own.',
    evidence: [checks('compose-default-bridge', 'container-default-bridge')],
    proofs: [
      running({ NetworkSettings: { Networks: { bridge: {} } } }, { NetworkSettings: { Networks: { billing: {} } } }),
      services('network_mode: bridge', 'networks: [billing]'),
    ],
  },
  {
    id: 'PLM-NETWORK-NO-LINKS',
    family: 'network',
    title: 'Services meet in networks, not by links',
    anchors: ['CM-7', 'SC-7'],
    why: 'Links share environment variables and tie containers together in an old way.',
    attack: 'Secrets in variables of one container show up in the other.',
    remedy: 'Use a network that both are in, and names.',
    evidence: [checks('compose-links')],
    proofs: [
      compose(
        'services:\n  invoices:\n    image: registry.example.net/billing/invoices:2.7.1\n    links: [ledger]\n  ledger:\n    image: registry.example.net/billing/ledger:1.0.4\n',
        'services:\n  invoices:\n    image: registry.example.net/billing/invoices:2.7.1\n  ledger:\n    image: registry.example.net/billing/ledger:1.0.4\n',
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-PORT-INTERFACE',
    family: 'network',
    title: 'Ports are opened on a named interface of the host',
    anchors: ['AC-4', 'CM-7', 'SC-7'],
    why: 'A port without an address is opened on all interfaces, past many firewalls.',
    attack: 'A service that was meant for the host is reachable from outside.',
    remedy: 'Write the address: `127.0.0.1:8080:80`.',
    evidence: [checks('compose-port-all-interfaces', 'container-port-all-interfaces')],
    proofs: [
      running(
        { NetworkSettings: { Ports: { '8443/tcp': [{ HostIp: '0.0.0.0', HostPort: '8443' }] } } },
        { NetworkSettings: { Ports: { '8443/tcp': [{ HostIp: '192.0.2.9', HostPort: '8443' }] } } },
      ),
      services('ports: ["8443:8443"]', 'ports: ["127.0.0.1:8443:8443"]'),
    ],
  },
  {
    id: 'PLM-NETWORK-PRIVILEGED-HOST-PORT',
    family: 'network',
    title: 'Ports below 1024 of the host do not lead to containers',
    anchors: ['CM-7', 'SC-7'],
    why: 'Low ports stand for well-known services that clients trust.',
    attack: 'A container answers in place of a service of the host.',
    remedy: 'Map to a high port, or let a proxy take the low one.',
    evidence: [checks('compose-port-privileged', 'container-port-privileged')],
    proofs: [
      running(
        { NetworkSettings: { Ports: { '8443/tcp': [{ HostIp: '192.0.2.9', HostPort: '53' }] } } },
        { NetworkSettings: { Ports: { '8443/tcp': [{ HostIp: '192.0.2.9', HostPort: '8443' }] } } },
      ),
      services('ports: ["127.0.0.1:25:2525"]', 'ports: ["127.0.0.1:8443:8443"]'),
    ],
  },
  {
    id: 'PLM-NETWORK-DATA-STORES-PRIVATE',
    family: 'network',
    title: 'Data stores and management interfaces cannot be reached from outside',
    anchors: ['AC-3', 'AC-4', 'CM-7', 'SC-7'],
    why: 'Databases, caches and consoles are made for a network of friends.',
    attack: 'Open data stores are found within hours and emptied, encrypted or used to run code.',
    remedy: 'Do not publish their ports; let services reach them in a network of their own.',
    evidence: [checks('compose-port-data-store', 'kubernetes-data-store-exposed')],
    proofs: [
      compose(
        'services:\n  cache:\n    image: docker.io/library/redis:8.2\n    ports: ["6379:6379"]\n',
        'services:\n  cache:\n    image: docker.io/library/redis:8.2\n    ports: ["127.0.0.1:6379:6379"]\n',
      ),
      kubernetes(`${STORE}---\n${storeService('NodePort')}`, `${STORE}---\n${storeService('ClusterIP')}`),
    ],
  },
  {
    id: 'PLM-NETWORK-DATA-STORES-SEPARATED',
    family: 'network',
    title: 'Only the pods that use a data store can reach it',
    anchors: ['AC-4', 'SC-7'],
    why: 'A data store has few users; every other pod that reaches it is one more way in.',
    attack: 'From one pod that was broken into, passwords are tried on every database of the cluster.',
    remedy: 'Add a network policy that lets in the pods that use the data, on its port.',
    evidence: [checks('kubernetes-data-store-open')],
    proofs: [kubernetes(STORE, `${STORE}---\n${STORE_POLICY}`)],
  },
  {
    id: 'PLM-NETWORK-PORTS-READABLE',
    family: 'network',
    title: 'Ports are written so that every reader takes them for the same',
    anchors: ['CM-6'],
    why: 'Some readers of YAML take `22:22` for a number in base 60.',
    attack: 'Another port than the one that was reviewed is opened.',
    remedy: 'Put ports into quotes.',
    evidence: [checks('compose-port-unquoted')],
    proofs: [services('ports: [22:22]', 'ports: ["22:22"]')],
  },
  {
    id: 'PLM-NETWORK-CERTIFICATES-CHECKED',
    family: 'network',
    title: 'Services check the certificates of their peers',
    anchors: ['SC-8', 'SC-8(1)', 'SC-23'],
    why: 'A connection to somebody unknown is not protected by its encryption.',
    attack: 'Somebody in the network answers for the peer and reads what is sent.',
    remedy:
      'Remove the variable that switches checks off, and give the service the certificate authority that it needs.',
    evidence: [checks('compose-certificates-unchecked')],
    proofs: [services('environment:\n  PYTHONHTTPSVERIFY: "0"', 'environment:\n  SSL_CERT_FILE: /etc/ssl/own.pem')],
  },
  {
    id: 'PLM-NETWORK-PERIMETER',
    family: 'network',
    title: 'Traffic between the container platform and other networks passes a firewall',
    anchors: ['SC-7', 'SC-7(5)', 'AC-4'],
    why: 'A firewall bounds what a mistake in the cluster can open.',
    attack: 'A service that was exposed by accident is reachable at once.',
    remedy: 'Allow to the nodes only what is meant to be reached, and out of them what is needed.',
    evidence: [
      outside('flows', 'Firewall rules between the nodes and other networks, and what is reachable from outside.'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-NETWORK-NEEDED-PORTS-ONLY',
    family: 'network',
    title: 'Only ports that are needed are open',
    anchors: ['CM-7', 'SC-7'],
    why: 'Each open port is one more way in.',
    attack: 'Forgotten ports of test and administration are found by scanning.',
    remedy: 'Compare open ports with what the service needs, and close the rest.',
    evidence: [outside('runtime', 'Open ports of each running container against those that its service needs.')],
    proofs: [],
  },
  {
    id: 'PLM-NETWORK-SWARM-INTERFACE',
    family: 'network',
    title: 'Swarm services and managers listen on a named interface',
    anchors: ['CM-7', 'SC-7'],
    why: 'The management of a swarm should not listen on every network of its hosts.',
    attack: 'Its interface is attacked from networks that have no business with it.',
    remedy: 'Name the address with `--listen-addr` and `--advertise-addr`.',
    evidence: [checks('docker-host-swarm-interface')],
    proofs: [
      dockerHosts(
        {
          ...engine({ Swarm: { LocalNodeState: 'active', ControlAvailable: true } }),
          listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 2377, uid: 0 }],
        },
        {
          ...engine({ Swarm: { LocalNodeState: 'active', ControlAvailable: true } }),
          listeners: [{ protocol: 'tcp', address: '192.0.2.9', port: 2377, uid: 0 }],
        },
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-SWARM-ENCRYPTED',
    family: 'network',
    title: 'Overlay networks of a swarm are encrypted',
    anchors: ['SC-8', 'SC-8(1)'],
    why: 'Traffic of overlay networks is not encrypted unless it is asked for.',
    attack: 'Whoever is in the network between hosts reads what services send.',
    remedy: 'Create overlay networks with `--opt encrypted`.',
    evidence: [checks('docker-host-overlay-plain')],
    proofs: [
      dockerHosts(
        engine({}, { networks: [{ Name: 'billing', Driver: 'overlay', Options: {} }] }),
        engine({}, { networks: [{ Name: 'billing', Driver: 'overlay', Options: { encrypted: 'true' } }] }),
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-SWARM-PLANES',
    family: 'network',
    title: 'Management traffic of a swarm is separated from data traffic',
    anchors: ['SC-7', 'AC-4'],
    why: 'Management and application traffic in one network disturb and expose each other.',
    attack: 'From the network of applications an attacker reaches the management of the swarm.',
    remedy: 'Give data traffic another interface with `--data-path-addr`.',
    evidence: [outside('host', "Advertised and data path addresses of the swarm's nodes.")],
    proofs: [],
  },
];
