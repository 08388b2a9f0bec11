import type { Check } from '../../check.ts';
import { editMember, type Written } from '../../yaml/index.ts';
import { objectCheck } from '../declare.ts';
import { field, isFalse, isTrue, textAt, textsAt } from '../fields.ts';
import { isStrongCipher } from './ciphers.ts';

interface KubeletRule
  extends Pick<Check, 'id' | 'title' | 'severity' | 'aliases' | 'rationale' | 'remediation' | 'controls'> {
  readonly path: readonly string[];
  /** A setting that serves as well. */
  readonly instead?: string;
  /** @param value undefined where the file leaves it to the default */
  fails(value: unknown): boolean;
  readonly mended?: Written;
  /** Who may miss what that takes away. */
  readonly mayBreak?: string;
  /** Members of the example, as a flow mapping. */
  readonly bad: string;
  readonly good: string;
}

const RULES: readonly KubeletRule[] = [
  {
    id: 'kubernetes-kubelet-anonymous-auth',
    path: ['authentication', 'anonymous', 'enabled'],
    title: 'The kubelet answers whoever does not sign in',
    severity: 'critical',
    aliases: ['KCV-0079'],
    rationale: 'Who reaches its port runs commands in every pod of the node.',
    remediation: 'Set authentication.anonymous.enabled: false.',
    controls: ['AC-14', 'IA-2'],
    fails: isTrue,
    mended: false,
    mayBreak: 'a client that does not sign in',
    bad: 'authentication: {anonymous: {enabled: true}}',
    good: 'authentication: {anonymous: {enabled: false}}',
  },
  {
    id: 'kubernetes-kubelet-always-allow',
    path: ['authorization', 'mode'],
    title: 'The kubelet allows everything to everybody',
    severity: 'high',
    aliases: ['KCV-0080'],
    rationale: 'Who is signed in in any way runs commands in every pod of the node.',
    remediation: 'Set authorization.mode: Webhook.',
    controls: ['AC-3'],
    fails: (value) => value === 'AlwaysAllow',
    mended: 'Webhook',
    mayBreak: 'a client without rights of its own',
    bad: 'authorization: {mode: AlwaysAllow}',
    good: 'authorization: {mode: Webhook}',
  },
  {
    id: 'kubernetes-kubelet-client-authority',
    path: ['authentication', 'x509', 'clientCAFile'],
    title: 'The kubelet accepts no certificates of clients',
    severity: 'medium',
    aliases: ['KCV-0081'],
    rationale: 'The interface server cannot prove who it is, so that others are let in as well or nobody is.',
    remediation: 'Set authentication.x509.clientCAFile.',
    controls: ['IA-3'],
    fails: (value) => value === undefined || value === '',
    bad: 'authentication: {webhook: {enabled: true}}',
    good: 'authentication: {x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}}',
  },
  {
    id: 'kubernetes-kubelet-read-only-port',
    path: ['readOnlyPort'],
    title: 'The kubelet tells everybody about its pods',
    severity: 'high',
    aliases: ['KCV-0082'],
    rationale: 'The read-only port asks nobody who he is and lists pods with their environment.',
    remediation: 'Set readOnlyPort: 0.',
    controls: ['CM-7', 'AC-3'],
    fails: (value) => value !== undefined && value !== 0,
    mended: 0,
    mayBreak: 'a monitor that reads the open port',
    bad: 'readOnlyPort: 10255',
    good: 'readOnlyPort: 0',
  },
  {
    id: 'kubernetes-kubelet-kernel-defaults',
    path: ['protectKernelDefaults'],
    title: 'The kubelet changes parameters of the kernel',
    severity: 'low',
    aliases: ['KCV-0083'],
    rationale: 'A node whose parameters were hardened is changed back without a word.',
    remediation: 'Set protectKernelDefaults: true.',
    controls: ['CM-6'],
    fails: (value) => !isTrue(value),
    mended: true,
    mayBreak: 'a node whose kernel is set otherwise: its kubelet does not start',
    bad: 'protectKernelDefaults: false',
    good: 'protectKernelDefaults: true',
  },
  {
    id: 'kubernetes-kubelet-iptables',
    path: ['makeIPTablesUtilChains'],
    title: 'The kubelet leaves the packet filter alone',
    severity: 'low',
    aliases: ['KCV-0084'],
    rationale: 'Rules that the network of pods is built on have then to be kept by hand.',
    remediation: 'Remove makeIPTablesUtilChains: false.',
    controls: ['CM-6', 'SC-7'],
    fails: isFalse,
    mended: true,
    bad: 'makeIPTablesUtilChains: false',
    good: 'makeIPTablesUtilChains: true',
  },
  {
    id: 'kubernetes-kubelet-idle-timeout',
    path: ['streamingConnectionIdleTimeout'],
    title: 'Idle connections to the kubelet never end',
    severity: 'low',
    aliases: ['KCV-0085'],
    rationale: 'Connections that nobody closes use up its ports, and keep a forgotten shell open.',
    remediation: 'Set streamingConnectionIdleTimeout to some minutes.',
    controls: ['AC-12', 'SC-5'],
    fails: (value) => value === 0 || value === '0' || value === '0s',
    mended: '5m',
    bad: 'streamingConnectionIdleTimeout: 0s',
    good: 'streamingConnectionIdleTimeout: 5m',
  },
  {
    id: 'kubernetes-kubelet-rotate-certificates',
    path: ['rotateCertificates'],
    title: 'The kubelet does not renew its certificate',
    severity: 'medium',
    aliases: ['KCV-0090'],
    rationale: 'Its certificate then has to be good for long, or the node is lost when it ends.',
    remediation: 'Set rotateCertificates: true.',
    controls: ['SC-12', 'IA-5'],
    fails: isFalse,
    mended: true,
    bad: 'rotateCertificates: false',
    good: 'rotateCertificates: true',
  },
  {
    id: 'kubernetes-kubelet-server-certificate',
    path: ['serverTLSBootstrap'],
    instead: 'tlsCertFile',
    title: 'The kubelet makes its own certificate',
    severity: 'medium',
    aliases: ['KCV-0091', 'KCV-0088'],
    rationale:
      'The interface server cannot check a certificate that nobody vouches for, and talks to whatever answers.',
    remediation: 'Set serverTLSBootstrap: true, or tlsCertFile and tlsPrivateKeyFile.',
    controls: ['SC-8', 'SC-12'],
    fails: (value) => !isTrue(value),
    mended: true,
    mayBreak: 'a cluster in which nobody approves certificates of kubelets',
    bad: 'serverTLSBootstrap: false',
    good: 'serverTLSBootstrap: true',
  },
  {
    id: 'kubernetes-kubelet-ciphers',
    path: ['tlsCipherSuites'],
    title: 'The kubelet allows weak ciphers',
    severity: 'medium',
    aliases: ['KCV-0092'],
    rationale: 'What was recorded can be read later when a key becomes known, or the cipher is broken.',
    remediation: 'List suites with ECDHE and GCM or CHACHA20 only, or leave the list out.',
    controls: ['SC-8', 'SC-13'],
    fails: (value) => textsAt({ value }, 'value').some((cipher) => !isStrongCipher(cipher)),
    bad: 'tlsCipherSuites: [TLS_RSA_WITH_AES_128_CBC_SHA]',
    good: 'tlsCipherSuites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]',
  },
  {
    id: 'kubernetes-kubelet-seccomp-default',
    path: ['seccompDefault'],
    title: 'Pods that ask for no filter of system calls get none',
    severity: 'low',
    rationale: 'With seccompDefault the filter of the runtime is there for every pod that does not say otherwise.',
    remediation: 'Set seccompDefault: true.',
    controls: ['AC-6', 'CM-6'],
    fails: (value) => !isTrue(value),
    mended: true,
    mayBreak: 'a program that makes system calls which the default profile forbids',
    bad: 'seccompDefault: false',
    good: 'seccompDefault: true',
  },
  {
    id: 'kubernetes-kubelet-events',
    path: ['eventRecordQPS'],
    title: 'The kubelet drops events early',
    severity: 'low',
    aliases: ['KCV-0087'],
    rationale: 'Events tell of failed starts and pulls, an intruder’s among them.',
    remediation: 'Set eventRecordQPS to 5 or more.',
    controls: ['AU-12'],
    fails: (value) => typeof value === 'number' && value > 0 && value < 5,
    mended: 5,
    bad: 'eventRecordQPS: 1',
    good: 'eventRecordQPS: 5',
  },
  {
    id: 'kubernetes-kubelet-pids',
    path: ['podPidsLimit'],
    title: 'The kubelet lets pods start any number of processes',
    severity: 'medium',
    rationale: 'A fork bomb in one pod takes the node and all other pods on it along.',
    remediation: 'Set podPidsLimit to some thousands.',
    controls: ['SC-5', 'SC-6'],
    fails: (value) => typeof value !== 'number' || value <= 0,
    mended: 4096,
    mayBreak: 'a pod with more than 4096 processes and threads',
    bad: 'podPidsLimit: -1',
    good: 'podPidsLimit: 4096',
  },
  {
    id: 'kubernetes-kubelet-rotate-server-certificate',
    path: ['featureGates', 'RotateKubeletServerCertificate'],
    title: 'The kubelet does not renew the certificate that it answers with',
    severity: 'low',
    rationale: 'It then answers with a certificate that has ended, or that it made itself, and nobody can check it.',
    remediation: 'Remove RotateKubeletServerCertificate: false from featureGates.',
    controls: ['SC-12', 'IA-5'],
    fails: isFalse,
    bad: 'featureGates: {RotateKubeletServerCertificate: false}',
    good: 'featureGates: {RotateKubeletServerCertificate: true}',
  },
];

const example = (line: string) => `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${line}\n`;

function kubeletCheck({
  path,
  instead,
  fails,
  mended,
  mayBreak,
  bad,
  good,
  ...about
}: KubeletRule): Check<'kubernetes'> {
  return objectCheck({
    ...about,
    kinds: ['KubeletConfiguration'],
    references: ['https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/'],
    examples: { fail: [example(bad)], pass: [example(good)] },
    *find(object) {
      const found = field(object.value, ...path);
      if (!fails(found) || (instead !== undefined && textAt(object.value, instead))) return;
      const message = found === undefined ? `${path.join('.')} is not set` : `${path.join('.')} is ${String(found)}`;
      yield {
        path,
        message,
        fix: mended === undefined ? undefined : editMember(object.document, object.at(path), mended),
        fixMayBreak: mayBreak,
      };
    },
  });
}

/** The configuration file of the kubelet, member by member; what has a safe default counts only where it is changed. */
export const kubeletChecks: readonly Check<'kubernetes'>[] = RULES.map(kubeletCheck);
