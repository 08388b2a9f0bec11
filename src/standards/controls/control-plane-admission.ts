import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { component } from './proof.ts';

export const controlPlaneAdmissionControls: readonly Control[] = [
  {
    id: 'PLM-CONTROL-PLANE-API-EVENT-RATE',
    family: 'control-plane',
    title: 'The number of events is limited',
    anchors: ['SC-5'],
    why: "Events are written to the cluster's database, by anybody.",
    attack: 'A flood of events slows the cluster down or fills its disk.',
    remedy: 'Switch on the plugin EventRateLimit with limits.',
    evidence: [checks('kubernetes-apiserver-event-rate-limit')],
    proofs: [
      component(
        'kube-apiserver',
        '--enable-admission-plugins=NodeRestriction',
        '--enable-admission-plugins=NodeRestriction,EventRateLimit',
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-API-ALWAYS-ADMIT',
    family: 'control-plane',
    title: 'The plugin that admits everything is off',
    anchors: ['AC-3', 'CM-6'],
    why: 'AlwaysAdmit lets through what other plugins would refuse.',
    attack: 'Protections that everybody relies on are off.',
    remedy: 'Remove it from `--enable-admission-plugins`.',
    evidence: [checks('kubernetes-apiserver-always-admit')],
    proofs: [
      component(
        'kube-apiserver',
        '--enable-admission-plugins=NodeRestriction,AlwaysAdmit',
        '--enable-admission-plugins=NodeRestriction',
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-API-ALWAYS-PULL',
    family: 'control-plane',
    title: 'Pods cannot use images that others pulled',
    anchors: ['AC-3'],
    why: 'An image on a node can be used by everybody who knows its name.',
    attack: 'A tenant runs a private image of another.',
    remedy: 'Switch on the plugin AlwaysPullImages.',
    evidence: [checks('kubernetes-apiserver-always-pull-images')],
    proofs: [
      component(
        'kube-apiserver',
        '--enable-admission-plugins=NodeRestriction',
        '--enable-admission-plugins=NodeRestriction,AlwaysPullImages',
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-API-SERVICE-ACCOUNTS',
    family: 'control-plane',
    title: 'The plugin that gives pods their service account is on',
    anchors: ['CM-6', 'IA-2'],
    why: 'The plugin sees to it that pods have an account that exists and a token that ends.',
    attack: 'Without it pods name accounts unchecked.',
    remedy: 'Do not disable the plugin ServiceAccount.',
    evidence: [checks('kubernetes-apiserver-service-account-plugin')],
    proofs: [
      component(
        'kube-apiserver',
        '--disable-admission-plugins=ServiceAccount',
        '--disable-admission-plugins=DefaultStorageClass',
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-API-NAMESPACE-LIFECYCLE',
    family: 'control-plane',
    title: 'The plugin for the life of namespaces is on',
    anchors: ['CM-6'],
    why: 'The plugin keeps objects out of namespaces that are being deleted, and protects those of the system.',
    attack: 'Objects are left or hidden in namespaces that nobody looks at.',
    remedy: 'Do not disable the plugin NamespaceLifecycle.',
    evidence: [checks('kubernetes-apiserver-namespace-lifecycle')],
    proofs: [
      component(
        'kube-apiserver',
        '--disable-admission-plugins=NamespaceLifecycle',
        '--disable-admission-plugins=DefaultStorageClass',
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-API-NODE-RESTRICTION',
    family: 'control-plane',
    title: 'Kubelets may change only their own node',
    anchors: ['AC-3', 'AC-6'],
    why: 'A kubelet should change only its own node and its own pods.',
    attack: 'A taken-over node changes labels to draw sensitive pods to itself.',
    remedy: 'Switch on the plugin NodeRestriction.',
    evidence: [checks('kubernetes-apiserver-node-restriction')],
    proofs: [
      component(
        'kube-apiserver',
        '--enable-admission-plugins=EventRateLimit',
        '--enable-admission-plugins=EventRateLimit,NodeRestriction',
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-API-EXTERNAL-IPS',
    family: 'control-plane',
    title: 'The interface server refuses services that take any address',
    anchors: ['SC-7'],
    why: 'Services with external addresses can take traffic that is not theirs.',
    attack: 'Any user who may create a service reads what others send (CVE-2020-8554).',
    remedy: 'Switch on the plugin DenyServiceExternalIPs.',
    evidence: [checks('kubernetes-apiserver-external-ips')],
    proofs: [
      component(
        'kube-apiserver',
        '--enable-admission-plugins=NodeRestriction',
        '--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs',
      ),
    ],
  },
];
