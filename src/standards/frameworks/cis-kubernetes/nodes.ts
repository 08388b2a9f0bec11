import { exact, section, subset } from '../clauses.ts';

const permitted = (id: string, file: string, mode: string, danger: string, files: string) => ({
  id,
  title: `${file}: permissions of ${mode} at most`,
  text: `The mode has no bit beyond ${mode}: ${danger}.`,
  mappings: subset(`PLM-NODE-FILES-${files}-MODE`),
});

const owned = (id: string, file: string, danger: string, files: string) => ({
  id,
  title: `${file}: owned by root:root`,
  text: `Both user and group are root: ${danger}.`,
  mappings: subset(`PLM-NODE-FILES-${files}-OWNER`),
});

const STARTS = 'whoever changes it decides what root starts on the node';
const CREDENTIAL = 'whoever reads it acts with the rights of the account in it';
const TRUST = 'whoever changes it decides who may command the kubelet';
const SETTINGS = 'whoever changes it weakens the kubelet';

export const nodes = [
  ...section('4.1 Worker node configuration files', [
    permitted('4.1.1', 'Service file of the kubelet', '600', STARTS, 'SERVICE'),
    owned('4.1.2', 'Service file of the kubelet', STARTS, 'SERVICE'),
    permitted('4.1.3', 'Credential of kube-proxy, if there is one', '600', CREDENTIAL, 'KUBECONFIG'),
    owned('4.1.4', 'Credential of kube-proxy, if there is one', CREDENTIAL, 'KUBECONFIG'),
    permitted('4.1.5', 'Credential of the kubelet (kubelet.conf)', '600', CREDENTIAL, 'KUBECONFIG'),
    owned('4.1.6', 'Credential of the kubelet (kubelet.conf)', CREDENTIAL, 'KUBECONFIG'),
    permitted('4.1.7', 'Certificate of the authority for clients', '644', TRUST, 'AUTHORITY'),
    owned('4.1.8', 'Certificate of the authority for clients', TRUST, 'AUTHORITY'),
    permitted('4.1.9', 'Settings of the kubelet (config.yaml)', '600', SETTINGS, 'CONFIGURATION'),
    owned('4.1.10', 'Settings of the kubelet (config.yaml)', SETTINGS, 'CONFIGURATION'),
  ]),
  ...section('4.2 Kubelet', [
    {
      id: '4.2.1',
      title: 'Requests without an identity are refused',
      text: 'Anonymous authentication of the kubelet is off: whoever reaches its port could otherwise run commands in pods.',
      mappings: exact('PLM-NODE-KUBELET-ANONYMOUS'),
    },
    {
      id: '4.2.2',
      title: 'The kubelet asks the API server who may do what',
      text: 'The authorization mode of the kubelet is not AlwaysAllow.',
      mappings: exact('PLM-NODE-KUBELET-AUTHORISATION'),
    },
    {
      id: '4.2.3',
      title: 'The kubelet knows its clients by certificates',
      text: 'The kubelet has an authority by which it checks the certificates of clients (`clientCAFile`).',
      mappings: exact('PLM-NODE-KUBELET-CLIENT-AUTHORITY'),
    },
    {
      id: '4.2.4',
      title: 'The port for reading without signing in is closed',
      text: 'The option `readOnlyPort` is 0.',
      mappings: exact('PLM-NODE-KUBELET-READ-ONLY-PORT'),
    },
    {
      id: '4.2.5',
      title: 'Idle connections end',
      text: 'The option `streamingConnectionIdleTimeout` is not 0.',
      mappings: exact('PLM-NODE-KUBELET-IDLE-TIMEOUT'),
    },
    {
      id: '4.2.6',
      title: 'The kubelet keeps its rules in the packet filter',
      text: 'The option `makeIPTablesUtilChains` is true.',
      mappings: exact('PLM-NODE-KUBELET-PACKET-FILTER'),
    },
    {
      id: '4.2.7',
      title: 'The kubelet uses the host’s own name',
      text: 'The option `--hostname-override` is not set: certificates and logs name the node by its own name.',
      mappings: exact('PLM-NODE-KUBELET-HOSTNAME'),
    },
    {
      id: '4.2.8',
      title: 'Events are recorded as they come',
      text: 'The option `eventRecordQPS` is high enough that no events which matter are dropped.',
      mappings: exact('PLM-NODE-KUBELET-EVENTS'),
    },
    {
      id: '4.2.9',
      title: 'The kubelet has a certificate that clients can check',
      text: 'Certificate and key of the kubelet as a server are set, or signed by the cluster’s authority on request.',
      mappings: exact('PLM-NODE-KUBELET-SERVER-CERTIFICATE'),
    },
    {
      id: '4.2.10',
      title: 'The kubelet renews its certificate as a client',
      text: 'The option `rotateCertificates` is not false.',
      mappings: exact('PLM-NODE-KUBELET-ROTATES-CERTIFICATE'),
    },
    {
      id: '4.2.11',
      title: 'The kubelet renews its certificate as a server',
      text: 'The feature RotateKubeletServerCertificate is on.',
      mappings: exact('PLM-NODE-KUBELET-ROTATES-SERVER-CERTIFICATE'),
    },
    {
      id: '4.2.12',
      title: 'Only strong ciphers',
      text: 'The option `tlsCipherSuites` allows no weak cipher. Suites without ECDHE, which the benchmark still lists, count as weak here.',
      mappings: subset('PLM-NODE-KUBELET-CIPHERS'),
    },
    {
      id: '4.2.13',
      title: 'Pods have a limit of processes',
      text: 'The option `podPidsLimit` is set, so that a fork bomb in a pod does not take the node along.',
      mappings: exact('PLM-NODE-KUBELET-PIDS'),
    },
    {
      id: '4.2.14',
      title: 'Pods that ask for no filter of system calls get one',
      text: 'The option `seccompDefault` is true.',
      mappings: exact('PLM-NODE-KUBELET-SECCOMP-DEFAULT'),
    },
  ]),
  ...section('4.3 kube-proxy', [
    {
      id: '4.3.1',
      title: 'kube-proxy shows its metrics to the node alone',
      text: 'The address of metrics (`metricsBindAddress`) is a loopback address, as it is by default.',
      mappings: exact('PLM-NODE-PROXY-METRICS'),
    },
  ]),
];
