/** Small manifests for the examples of checks, with the lines in which they differ. */

/** @param container lines of its only container @param pod lines of the pod's spec @param rest of the document, such as other objects */
export function deployment(container = '', pod = '', rest = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    metadata:
      labels:
        app: web
    spec:
${indented(pod, 6)}      containers:
        - name: web
          image: registry.example.com/shop/web:1.4.2
${indented(container, 10)}${rest}`;
}

export function podOf(containers: string, pod = ''): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
${indented(pod, 2)}  containers:
${indented(containers, 4)}`;
}

/** @param head `apps/v1 Deployment web` @param body lines behind the metadata */
export function manifest(head: string, body: string, namespace = 'shop'): string {
  const [apiVersion, kind, name] = head.split(' ');
  const place = namespace === '' ? '' : `  namespace: ${namespace}\n`;
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${place}${indented(body, 0)}`;
}

/** @param rule its only rule, as a flow mapping */
export function clusterRole(rule: string): string {
  return manifest('rbac.authorization.k8s.io/v1 ClusterRole operator', `rules:\n  - ${rule}`, '');
}

/** @param role that is bound, by kind and name @param subject as a flow mapping */
export function clusterRoleBinding(role: string, subject: string): string {
  return manifest('rbac.authorization.k8s.io/v1 ClusterRoleBinding operators', bound(role, subject), '');
}

export function roleBinding(role: string, subject: string): string {
  return manifest('rbac.authorization.k8s.io/v1 RoleBinding operators', bound(role, subject));
}

function bound(role: string, subject: string): string {
  const [kind, name] = role.split(' ');
  return `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: "${name}"}\nsubjects:\n  - ${subject}`;
}

function indented(lines: string, columns: number): string {
  if (lines === '') return '';
  return `${lines
    .trimEnd()
    .split('\n')
    .map((line) => ' '.repeat(columns) + line)
    .join('\n')}\n`;
}
