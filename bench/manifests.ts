// Makes directories of Kubernetes manifests like those that teams keep: workloads, services, settings, roles; some set up well, most not.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PER_DIRECTORY = 100;
/** Kept apart from earlier ones when what is generated changes. */
const VERSION = 1;

/** A directory of that many files, made once. */
export function manifestDirectory(work: string, files: number): string {
  const root = join(work, `manifests-${VERSION}-${files}`);
  const done = join(root, '.done');
  if (existsSync(done)) return root;
  for (let index = 0; index < files; index++) {
    const directory = join(root, `team-${String(Math.floor(index / PER_DIRECTORY)).padStart(4, '0')}`);
    if (index % PER_DIRECTORY === 0) mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `${index}.yaml`), manifest(index));
  }
  writeFileSync(done, '');
  return root;
}

/** Of ten files six are workloads. */
function manifest(index: number): string {
  switch (index % 10) {
    case 6:
      return service(index);
    case 7:
      return settings(index);
    case 8:
      return roles(index);
    case 9:
      return networkPolicy(index);
    default:
      return workload(index);
  }
}

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Deployment'];

function workload(index: number): string {
  const kind = KINDS[index % KINDS.length] ?? 'Deployment';
  const isHardened = index % 3 === 0;
  return `# Made for measuring; number ${index}.
apiVersion: apps/v1
kind: ${kind}
metadata:
  name: web-${index}
  namespace: team-${index % 50}
  labels:
    app.kubernetes.io/name: web-${index}
    app.kubernetes.io/part-of: shop
spec:
${kind === 'DaemonSet' ? '' : `  replicas: ${(index % 4) + 1}\n`}  selector:
    matchLabels: {app.kubernetes.io/name: web-${index}}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: web-${index}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: '9090'
    spec:
      serviceAccountName: web
${isHardened ? '      automountServiceAccountToken: false\n      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n' : ''}      containers:
        - name: web
          image: registry.example.com/shop/web:${isHardened ? `1.${index}.0` : 'latest'}
          args: ["--listen=:8080", "--log-level=info"]
          ports:
            - containerPort: 8080
              name: http
${isHardened ? HARDENED : '          securityContext:\n            privileged: true\n'}          env:
            - name: LOG_LEVEL
              value: info
            - name: DATABASE_HOST
              valueFrom:
                configMapKeyRef: {name: settings-${index}, key: host}
          readinessProbe:
            httpGet: {path: /healthz, port: http}
            periodSeconds: 10
          volumeMounts:
            - name: data
              mountPath: /data
        - name: proxy
          image: envoyproxy/envoy:v1.31.0
          command:
            - /bin/sh
            - -c
            - |
              set -eu
              exec envoy --config-path /etc/envoy/envoy.yaml \\
                --log-level warn
      volumes:
        - name: data
          ${isHardened ? 'emptyDir: {}' : 'hostPath:\n            path: /var/lib/web'}
`;
}

const HARDENED = `          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {cpu: 500m, memory: 256Mi}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
`;

function service(index: number): string {
  return `apiVersion: v1
kind: Service
metadata: {name: web-${index}, namespace: team-${index % 50}}
spec:
  type: ${index % 20 === 6 ? 'LoadBalancer' : 'ClusterIP'}
  selector:
    app.kubernetes.io/name: web-${index}
  ports:
    - {name: http, port: 80, targetPort: http}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web-${index}, namespace: team-${index % 50}}
spec:
  rules:
    - host: web-${index}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web-${index}, port: {name: http}}}
`;
}

function settings(index: number): string {
  const lines = Array.from({ length: 20 }, (_, line) => `    setting.${line} = value ${line} of ${index}`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${index}
  namespace: team-${index % 50}
data:
  host: "database.team-${index % 50}.svc"
  web.properties: |
${lines.join('\n')}
`;
}

function roles(index: number): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web-${index}, namespace: team-${index % 50}}
rules:
  - apiGroups: [""]
    resources: [pods, configmaps${index % 20 === 8 ? ', secrets' : ''}]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web-${index}, namespace: team-${index % 50}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web-${index}}
subjects:
  - {kind: ServiceAccount, name: web, namespace: team-${index % 50}}
`;
}

function networkPolicy(index: number): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-${index}, namespace: team-${index % 50}}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: {matchLabels: {app.kubernetes.io/part-of: shop}}
      ports:
        - {protocol: TCP, port: 8080}
`;
}
