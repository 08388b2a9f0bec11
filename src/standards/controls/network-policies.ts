import type { Control } from '../control.ts';
import { clusters } from './cluster-proof.ts';
import { checks, outside } from './evidence.ts';
import { deployments, kubernetes, networkPolicy, POLICY_EGRESS, POLICY_INGRESS, policies } from './proof.ts';

const TO_LEDGER = 'policyTypes: [Egress]\negress:\n  - to: [{podSelector: {matchLabels: {app: ledger}}}]';

const onePolicy = {
  'networkpolicies.networking.k8s.io': [
    { metadata: { name: 'ledger', namespace: 'billing' }, spec: { podSelector: {} } },
  ],
};

export const networkPoliciesControls: readonly Control[] = [
  {
    id: 'PLM-NETWORK-INGRESS-LIMITED',
    family: 'network',
    title: 'Network policies limit what may reach each pod',
    anchors: ['AC-4', 'SC-7', 'SC-7(5)'],
    why: 'Without a policy every pod of the cluster can reach every other.',
    attack: 'From one taken-over pod an attacker reaches databases and internal interfaces.',
    remedy: 'Deny all ingress by default and allow what is needed.',
    evidence: [checks('kubernetes-network-policy-missing-ingress')],
    proofs: [deployments([], ['', '', POLICY_INGRESS])],
  },
  {
    id: 'PLM-NETWORK-INGRESS-NOT-OPEN',
    family: 'network',
    title: 'No network policy lets everything in',
    anchors: ['AC-4', 'SC-7', 'SC-7(5)'],
    why: 'A policy that allows everything looks like protection and is none.',
    attack: 'An attacker reaches the pods from anywhere, although a policy exists.',
    remedy: 'Name the peers and ports that may connect.',
    evidence: [checks('kubernetes-network-policy-open-ingress', 'kubernetes-network-policy-any-address-ingress')],
    proofs: [
      policies('ingress: [{}]', 'ingress: [{from: [{podSelector: {matchLabels: {app: gateway}}}]}]'),
      policies(
        'ingress: [{from: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]',
        'ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]',
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-EGRESS-LIMITED',
    family: 'network',
    title: 'Network policies limit what each pod may reach',
    anchors: ['AC-4', 'SC-7', 'SC-7(5)'],
    why: 'Without a policy a pod can send anything anywhere.',
    attack: 'An intruder fetches tools, sends data out and takes orders from outside.',
    remedy: 'Deny all egress by default and allow DNS and what is needed.',
    evidence: [checks('kubernetes-network-policy-missing-egress')],
    proofs: [deployments([], ['', '', POLICY_EGRESS])],
  },
  {
    id: 'PLM-NETWORK-POLICIES-EFFECTIVE',
    family: 'network',
    title: 'Network policies do what they are meant to',
    anchors: ['AC-4', 'CM-6', 'SC-7'],
    why: 'A policy that selects no pod protects none, and one that cuts off the name service is soon taken away.',
    attack: 'Everybody believes in a limit that is not there, or that was lifted because it broke the application.',
    remedy: 'Select pods by the labels that they have, and allow UDP and TCP port 53 to the name service.',
    evidence: [checks('kubernetes-network-policy-selects-nothing', 'kubernetes-network-policy-without-dns')],
    proofs: [
      deployments(
        ['', '', `---\n${networkPolicy('policyTypes: [Ingress]').replace('app: invoices', 'app: invioces')}`],
        ['', '', POLICY_INGRESS],
      ),
      deployments(
        ['', '', `---\n${networkPolicy(TO_LEDGER)}`],
        ['', '', `---\n${networkPolicy(`${TO_LEDGER}\n  - ports: [{port: 53, protocol: UDP}]`)}`],
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-EGRESS-NOT-OPEN',
    family: 'network',
    title: 'No network policy lets everything out',
    anchors: ['AC-4', 'SC-7', 'SC-7(5)'],
    why: 'A policy that allows all egress leaves the way out open.',
    attack: "Data leaves to an address of the attacker's, although a policy exists.",
    remedy: 'Name the destinations and ports that are needed.',
    evidence: [checks('kubernetes-network-policy-open-egress', 'kubernetes-network-policy-any-address-egress')],
    proofs: [
      policies(
        'policyTypes: [Egress]\negress: [{}]',
        'policyTypes: [Egress]\negress: [{to: [{podSelector: {matchLabels: {app: ledger}}}]}]',
      ),
      policies(
        'policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: "0.0.0.0/0"}}]}]',
        'policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]',
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-NAMESPACE-POLICY',
    family: 'network',
    title: 'Every namespace has a network policy',
    anchors: ['AC-4', 'SC-7'],
    why: 'A namespace without a policy is open to the whole cluster.',
    attack: 'Workloads that are added later are reachable by everybody, and nobody notices.',
    remedy: 'Ship a policy that denies by default with each namespace.',
    evidence: [checks('kubernetes-namespace-network-policy')],
    proofs: [
      kubernetes(
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: billing}\n',
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: billing}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: nothing, namespace: billing}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n',
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-METADATA-SERVICE',
    family: 'network',
    title: "Pods cannot reach the cloud's metadata service",
    anchors: ['AC-4', 'IA-5', 'SC-7'],
    why: 'The metadata service of a cloud gives credentials of the node to whoever asks from it.',
    attack: 'One request from a pod gives the attacker the rights of the node in the cloud.',
    remedy: 'Exclude 169.254.169.254 from egress, and ask for hop limits and tokens in the cloud.',
    evidence: [checks('kubernetes-network-policy-metadata-service')],
    proofs: [
      policies(
        'policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 169.254.0.0/16}}]}]',
        'policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]',
      ),
      policies(
        'policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: "0.0.0.0/0", except: [10.0.0.0/8]}}]}]',
        'policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: "0.0.0.0/0", except: [169.254.0.0/16]}}]}]',
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-POLICIES-ENFORCED',
    family: 'network',
    title: 'The network plugin enforces network policies',
    anchors: ['SC-7', 'CM-6'],
    why: 'Kubernetes accepts network policies even where nothing enforces them.',
    attack: 'Everybody believes in a separation that does not exist.',
    remedy: 'Use a network plugin that enforces NetworkPolicy, and test it.',
    evidence: [checks('cluster-network-policies-ignored')],
    proofs: [
      clusters(
        { ...onePolicy, 'daemonsets.apps': [{ metadata: { name: 'kube-flannel-ds', namespace: 'kube-system' } }] },
        { ...onePolicy, 'daemonsets.apps': [{ metadata: { name: 'antrea-agent', namespace: 'kube-system' } }] },
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-ZONES',
    family: 'network',
    title: 'Traffic between workloads of different sensitivity is separated',
    anchors: ['AC-4', 'SC-7', 'SC-7(21)'],
    why: 'Separation by sensitivity keeps a loss in one zone from becoming a loss in all.',
    attack: 'From a public-facing pod an attacker goes on to the data of another zone.',
    remedy: 'Group workloads by sensitivity, and let zones meet in few and known places.',
    evidence: [
      outside('flows', 'What can reach what between workloads of different sensitivity, by policy and as observed.'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-NETWORK-FLOWS-WATCHED',
    family: 'network',
    title: 'Network traffic of containers is watched for what is not expected',
    anchors: ['SI-4', 'SI-4(4)', 'SC-7'],
    why: 'Traffic tells what workloads do, also what nobody expected.',
    attack: 'Scans, tunnels and connections to unknown places go on unseen.',
    remedy: 'Record flows for each workload and raise an alert on what is new.',
    evidence: [outside('flows', 'Observed connections of each workload against those that are expected of it.')],
    proofs: [],
  },
  {
    id: 'PLM-NETWORK-TRAFFIC-ENCRYPTED',
    family: 'network',
    title: 'Traffic between pods is encrypted and its ends authenticated',
    anchors: ['SC-8', 'SC-8(1)', 'SC-23'],
    why: "The network between nodes is often somebody else's.",
    attack: 'Whoever reads it gets what pods tell each other, also passwords and tokens.',
    remedy: 'Switch on encryption in the network plugin, or strict mutual TLS in a mesh.',
    evidence: [
      outside('cluster', 'Encryption by the network plugin or mutual TLS by a service mesh, and whether it is strict.'),
    ],
    proofs: [],
  },
];
