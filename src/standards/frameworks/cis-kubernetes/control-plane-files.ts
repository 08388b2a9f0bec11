import { section, subset } from '../clauses.ts';

const permitted = (id: string, file: string, mode: string, danger: string, files: string) => ({
  id,
  title: `${file}: permissions of ${mode} at most`,
  text: `The mode has no bit beyond ${mode}: ${danger}.`,
  mappings: subset(`PLM-CONTROL-PLANE-FILES-${files}`),
});

const owned = (id: string, file: string, owner: string, danger: string, files: string) => ({
  id,
  title: `${file}: owned by ${owner}`,
  text: `User and group are ${owner}: ${danger}.`,
  mappings: subset(`PLM-CONTROL-PLANE-FILES-${files}`),
});

const STARTS = 'whoever changes it decides how the kubelet starts this part of the control plane';
const CREDENTIAL = 'whoever reads it acts with the rights of the account in it';
const NETWORK = 'whoever changes it decides how pods are joined to the network';
const STATE = 'whoever reads it has every secret of the cluster, whoever writes it is above all roles';
const TRUST = 'whoever changes it decides which certificates are believed';

/** What the kubelet, the API server and the others are started from. */
export const controlPlaneFiles = section('1.1 Control plane node configuration files', [
  permitted('1.1.1', 'Pod manifest of the API server', '600', STARTS, 'MANIFESTS-MODE'),
  owned('1.1.2', 'Pod manifest of the API server', 'root:root', STARTS, 'MANIFESTS-OWNER'),
  permitted('1.1.3', 'Pod manifest of the controller manager', '600', STARTS, 'MANIFESTS-MODE'),
  owned('1.1.4', 'Pod manifest of the controller manager', 'root:root', STARTS, 'MANIFESTS-OWNER'),
  permitted('1.1.5', 'Pod manifest of the scheduler', '600', STARTS, 'MANIFESTS-MODE'),
  owned('1.1.6', 'Pod manifest of the scheduler', 'root:root', STARTS, 'MANIFESTS-OWNER'),
  permitted('1.1.7', 'Pod manifest of etcd', '600', STARTS, 'MANIFESTS-MODE'),
  owned('1.1.8', 'Pod manifest of etcd', 'root:root', STARTS, 'MANIFESTS-OWNER'),
  permitted('1.1.9', 'Files of the container network interface', '600', NETWORK, 'NETWORK-PLUGIN-MODE'),
  owned('1.1.10', 'Files of the container network interface', 'root:root', NETWORK, 'NETWORK-PLUGIN-OWNER'),
  permitted('1.1.11', 'Data directory of etcd', '700', STATE, 'ETCD-MODE'),
  owned('1.1.12', 'Data directory of etcd', 'etcd:etcd', STATE, 'ETCD-OWNER'),
  permitted('1.1.13', 'Credential of the administrator (admin.conf)', '600', CREDENTIAL, 'KUBECONFIG-MODE'),
  owned('1.1.14', 'Credential of the administrator (admin.conf)', 'root:root', CREDENTIAL, 'KUBECONFIG-OWNER'),
  permitted('1.1.15', 'Credential of the scheduler (scheduler.conf)', '600', CREDENTIAL, 'KUBECONFIG-MODE'),
  owned('1.1.16', 'Credential of the scheduler (scheduler.conf)', 'root:root', CREDENTIAL, 'KUBECONFIG-OWNER'),
  permitted(
    '1.1.17',
    'Credential of the controller manager (controller-manager.conf)',
    '600',
    CREDENTIAL,
    'KUBECONFIG-MODE',
  ),
  owned(
    '1.1.18',
    'Credential of the controller manager (controller-manager.conf)',
    'root:root',
    CREDENTIAL,
    'KUBECONFIG-OWNER',
  ),
  owned('1.1.19', 'Directory of keys and certificates of the cluster', 'root:root', TRUST, 'PKI-OWNER'),
  permitted('1.1.20', 'Certificates of the cluster', '644', TRUST, 'CERTIFICATES-MODE'),
  permitted('1.1.21', 'Private keys of the cluster', '600', CREDENTIAL, 'KEYS-MODE'),
]);
