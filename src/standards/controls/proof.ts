import type { Proof } from '../control.ts';

/** Proofs differ in a line or two; what stands around these is written here once. */

export function kubernetes(violates: string, satisfies: string): Proof {
  return { subject: 'kubernetes', violates, satisfies };
}

/** @param violates lines of a pod's `spec` */
export function pods(violates: string, satisfies: string): Proof {
  return kubernetes(pod(violates, ''), pod(satisfies, ''));
}

/** @param violates lines of the only container of a pod */
export function containers(violates: string, satisfies: string): Proof {
  return kubernetes(pod('', violates), pod('', satisfies));
}

/** @param violates name of the image of the only container of a pod */
export function podImages(violates: string, satisfies: string): Proof {
  return kubernetes(pod('', '', violates), pod('', '', satisfies));
}

const IMAGE = 'registry.example.net/billing/invoices:2.7.1';

function pod(spec: string, container: string, image = IMAGE): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: invoices
  namespace: billing
  labels: {app: invoices}
spec:
${indented(spec, 2)}  containers:
    - name: invoices
      image: ${image}
${indented(container, 6)}`;
}

/** @param violates of a deployment: lines of its spec, lines of its template's spec, further documents each with its `---` */
export function deployments(violates: readonly string[], satisfies: readonly string[]): Proof {
  return kubernetes(deployment(violates), deployment(satisfies));
}

/** @param violates lines of the only container of a deployment */
export function deployed(violates: string, satisfies: string): Proof {
  return kubernetes(deployment(['', '', '', violates]), deployment(['', '', '', satisfies]));
}

function deployment([spec = '', template = '', rest = '', container = '']: readonly string[]): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: invoices
  namespace: billing
spec:
${indented(spec, 2)}  selector:
    matchLabels: {app: invoices}
  template:
    metadata:
      labels: {app: invoices}
    spec:
${indented(template, 6)}      containers:
        - name: invoices
          image: ${IMAGE}
${indented(container, 10)}${rest}`;
}

/** With these a deployment outlives the loss of a node. */
export const SPREAD = `topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: DoNotSchedule
    labelSelector: {matchLabels: {app: invoices}}`;

export const BUDGET = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: invoices, namespace: billing}
spec: {minAvailable: 2, selector: {matchLabels: {app: invoices}}}
`;

export const POLICY_INGRESS = `---\n${networkPolicy('policyTypes: [Ingress]')}`;
export const POLICY_EGRESS = `---\n${networkPolicy('policyTypes: [Egress]')}`;

/** @param violates lines of a network policy */
export function policies(violates: string, satisfies: string): Proof {
  return kubernetes(networkPolicy(violates), networkPolicy(satisfies));
}

/** @param lines of a network policy that selects the pods of the deployment */
export function networkPolicy(lines: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: invoices, namespace: billing}
spec:
  podSelector: {matchLabels: {app: invoices}}
${indented(lines, 2)}`;
}

/** @param violates lines of a service of the cluster */
export function clusterServices(violates: string, satisfies: string): Proof {
  const object = (lines: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: invoices, namespace: billing}\nspec:\n${indented(lines, 2)}`;
  return kubernetes(object(violates), object(satisfies));
}

/** @param violates lines of an ingress @param annotation that only the violating one has */
export function ingresses(violates: string, satisfies: string, annotation = ''): Proof {
  const object = (lines: string, annotations: string) =>
    `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: invoices
  namespace: billing
  annotations:
    team: billing
${indented(annotations, 4)}spec:
${indented(lines, 2)}`;
  return kubernetes(object(violates, annotation), object(satisfies, ''));
}

/** A static pod that starts a component of the control plane. @param violates its options, one a line */
export function component(name: string, violates: string, satisfies: string): Proof {
  return kubernetes(staticPod(name, violates), staticPod(name, satisfies));
}

function staticPod(name: string, options: string): string {
  const words = [name, '--v=2', ...options.split('\n').filter((option) => option !== '')];
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: ${name}
      image: registry.k8s.io/${name}:v1.34.1
      command:
${indented(words.map((word) => `- ${word}`).join('\n'), 8)}`;
}

/** @param violates lines of the kubelet's configuration */
export function kubelets(violates: string, satisfies: string): Proof {
  const file = (lines: string) =>
    `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nclusterDomain: cluster.local\n${indented(lines, 0)}`;
  return kubernetes(file(violates), file(satisfies));
}

/** @param violates a rule of a role that an account of the cluster has, as a flow mapping */
export function grants(violates: string, satisfies: string): Proof {
  return kubernetes(granted(violates), granted(satisfies));
}

/** @param violates a rule of a role that nobody has, as a flow mapping */
export function roles(violates: string, satisfies: string): Proof {
  return kubernetes(clusterRole(violates), clusterRole(satisfies));
}

/** A role and its binding to the account `keeper`. @param rule as a flow mapping */
export function granted(rule: string): string {
  return `${clusterRole(rule)}---\n${clusterBinding('{kind: ClusterRole, name: invoice-keeper}', '{kind: ServiceAccount, name: keeper, namespace: billing}')}`;
}

function clusterRole(rule: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: invoice-keeper
rules:
  - ${rule}
`;
}

/** @param violates who a role that only looks is given to, as a flow mapping */
export function holders(violates: string, satisfies: string): Proof {
  const role = '{kind: ClusterRole, name: view}';
  return kubernetes(clusterBinding(role, violates), clusterBinding(role, satisfies));
}

/** People with an account of their own. */
export const CLERKS = '{kind: Group, name: billing-clerks, apiGroup: rbac.authorization.k8s.io}';

export function clusterBinding(role: string, subject: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: invoice-keepers
roleRef: ${role.replace('{', '{apiGroup: rbac.authorization.k8s.io, ')}
subjects:
  - ${subject}
`;
}

export function compose(violates: string, satisfies: string): Proof {
  return { subject: 'compose', violates, satisfies };
}

/** @param violates lines of the only service of a Compose file */
export function services(violates: string, satisfies: string): Proof {
  return compose(service(violates), service(satisfies));
}

function service(lines: string): string {
  return `services:\n  invoices:\n    image: ${IMAGE}\n${indented(lines, 4)}`;
}

export function dockerfile(violates: string, satisfies: string): Proof {
  return { subject: 'dockerfile', path: 'Dockerfile', violates: `${violates}\n`, satisfies: `${satisfies}\n` };
}

/** @param violates instructions below a FROM */
export function instructions(violates: string, satisfies: string): Proof {
  return dockerfile(`FROM debian:13.1-slim\n${violates}`, `FROM debian:13.1-slim\n${satisfies}`);
}

/** @param violates the part `config` of an image's configuration */
export function imageConfig(violates: object, satisfies: object): Proof {
  return { subject: 'image-config', violates: configuration(violates, []), satisfies: configuration(satisfies, []) };
}

/** @param violates steps of an image's history */
export function imageHistory(violates: readonly string[], satisfies: readonly string[]): Proof {
  return { subject: 'image-config', violates: configuration({}, violates), satisfies: configuration({}, satisfies) };
}

function configuration(config: object, steps: readonly string[], created = '2026-11-01T00:00:00Z'): string {
  const history = steps.map((step) => ({ created_by: step }));
  const rootfs = { type: 'layers', diff_ids: [] };
  return JSON.stringify({ architecture: 'amd64', os: 'linux', created, config, history, rootfs });
}

/** @param violates when an image was built */
export function imageDates(violates: string, satisfies: string): Proof {
  return {
    subject: 'image-config',
    violates: configuration({}, [], violates),
    satisfies: configuration({}, [], satisfies),
  };
}

/** A file of an image. @param violates stored back to front, so that scanners of these sources find nothing */
export function file(path: string, violates: string, satisfies: string): Proof {
  return { subject: 'files', path, violates: [...violates].reverse().join(''), satisfies };
}

function indented(lines: string, columns: number): string {
  if (lines === '') return '';
  return `${lines
    .split('\n')
    .map((line) => ' '.repeat(columns) + line)
    .join('\n')}\n`;
}
