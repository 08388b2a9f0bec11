import type { Control } from '../control.ts';
import { outside } from './evidence.ts';

export const controlPlaneWholeControls: readonly Control[] = [
  {
    id: 'PLM-CONTROL-PLANE-SUPPORTED-VERSION',
    family: 'control-plane',
    title: 'The orchestrator is of a version that gets security updates, and up to date',
    anchors: ['SI-2', 'SA-22'],
    why: 'Each minor version of Kubernetes gets fixes for about a year.',
    attack: 'Known holes of the control plane stay open.',
    remedy: 'Upgrade before the support ends, and apply patch releases within days.',
    evidence: [
      outside(
        'cluster',
        'Versions of the interface server and the kubelets against the advisories and the end of support.',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-CONTROL-PLANE-EXPOSED',
    family: 'control-plane',
    title: 'The control plane cannot be reached from outside networks',
    anchors: ['AC-17', 'SC-7'],
    why: 'The control plane should answer those who work with it, not the world.',
    attack: 'Scanners find interface servers and try new holes on all of them.',
    remedy: 'Make the endpoint private, or allow named networks only.',
    evidence: [outside('flows', 'From where the interface server, etcd and the dashboard can be reached.')],
    proofs: [],
  },
  {
    id: 'PLM-CONTROL-PLANE-ADMISSION-POLICY',
    family: 'control-plane',
    title: 'The cluster refuses workloads that break its policy',
    anchors: ['CM-6', 'CM-7(5)', 'AC-3'],
    why: 'Rules that are only written down are broken by the first manifest that ignores them.',
    attack: 'Whoever may create pods creates one that leads to the node.',
    remedy: 'Enforce Pod Security everywhere, and policies for images and configuration, closed on failure.',
    evidence: [
      outside(
        'cluster',
        'Active admission: Pod Security labels, policies and webhooks, and what happens when they fail.',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-CONTROL-PLANE-NODE-JOIN',
    family: 'control-plane',
    title: 'Nodes join the cluster only with an identity, and leave it for good',
    anchors: ['IA-3', 'AC-3', 'CM-8'],
    why: 'A node gets pods, secrets and a place in the network.',
    attack: 'An attacker joins a machine of theirs, or a retired node comes back.',
    remedy: 'Let nodes in with short tokens or attestation, list them, and revoke what leaves.',
    evidence: [outside('cluster', 'Nodes that exist, how they were let in, and certificates of nodes that are gone.')],
    proofs: [],
  },
];
