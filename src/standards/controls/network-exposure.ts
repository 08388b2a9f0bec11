import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { clusterServices, granted, ingresses, kubernetes } from './proof.ts';

export const networkExposureControls: readonly Control[] = [
  {
    id: 'PLM-NETWORK-NODE-PORT',
    family: 'network',
    title: 'Services open no port on every node',
    anchors: ['CM-7', 'SC-7'],
    why: 'A NodePort opens a port on every node, past ingress and its protections.',
    attack: 'Scanners find it on each address of the cluster.',
    remedy: 'Use ClusterIP and an ingress or gateway.',
    evidence: [checks('kubernetes-service-node-port')],
    proofs: [clusterServices('type: NodePort\nports: [{port: 443}]', 'type: ClusterIP\nports: [{port: 443}]')],
  },
  {
    id: 'PLM-NETWORK-EXPOSED-WITHOUT-POWER',
    family: 'network',
    title: 'What is reached from outside has no hold on nodes or the cluster',
    anchors: ['AC-6', 'IA-5', 'SC-7', 'SC-39'],
    why: 'A program that answers strangers is the first to be broken into, and gives away all that it has.',
    attack: 'One fault in it opens the node that it is privileged on, or the rights of its service account.',
    remedy: 'Take these rights from what is exposed, or put a workload without them in front.',
    evidence: [checks('kubernetes-exposed-node-access', 'kubernetes-exposed-cluster-rights')],
    proofs: [
      kubernetes(exposed('privileged: true'), exposed('privileged: false')),
      kubernetes(
        exposed('', 'serviceAccountName: keeper', secretKeeper()),
        exposed('', 'serviceAccountName: invoices', secretKeeper()),
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-LOAD-BALANCER-LIMITED',
    family: 'network',
    title: 'Load balancers take connections from named addresses only',
    anchors: ['AC-4', 'SC-7'],
    why: 'A load balancer without named sources is open to everybody who can route to it.',
    attack: 'Internal services are found and attacked from the internet.',
    remedy: 'Set `loadBalancerSourceRanges`, or make it internal.',
    evidence: [checks('kubernetes-service-load-balancer-open')],
    proofs: [
      clusterServices(
        'type: LoadBalancer\nports: [{port: 443}]',
        'type: LoadBalancer\nloadBalancerSourceRanges: [192.0.2.0/24]\nports: [{port: 443}]',
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-EXTERNAL-IPS',
    family: 'network',
    title: 'Services take no addresses that are not theirs',
    anchors: ['AC-4', 'SC-7'],
    why: 'A service that takes an address gets the traffic that was meant for it.',
    attack: 'An attacker reads what pods send to a trusted address (CVE-2020-8554).',
    remedy: 'Remove `externalIPs`.',
    evidence: [checks('kubernetes-service-external-ips')],
    proofs: [clusterServices('externalIPs: [192.0.2.9]\nports: [{port: 443}]', 'ports: [{port: 443}]')],
  },
  {
    id: 'PLM-NETWORK-ADMIN-PORT',
    family: 'network',
    title: 'Ports of administration are not offered as services',
    anchors: ['AC-17', 'CM-7'],
    why: 'Ports of administration give control to whoever gets past the sign-in, if there is one.',
    attack: 'Attackers try passwords and known holes on SSH, debuggers and consoles.',
    remedy: "Remove the port, and use the orchestrator's own ways to administer.",
    evidence: [checks('kubernetes-service-admin-port')],
    proofs: [clusterServices('ports: [{port: 3389}]', 'ports: [{port: 443}]')],
  },
  {
    id: 'PLM-NETWORK-EXTERNAL-NAME',
    family: 'network',
    title: 'Services do not stand for names outside of the cluster',
    anchors: ['SC-7', 'SC-20'],
    why: 'A service that stands for an outside name sends traffic where DNS says.',
    attack: 'Whoever controls the name gets connections that pods believe to be internal.',
    remedy: 'Use the real name in the application, or an egress gateway.',
    evidence: [checks('kubernetes-service-external-name')],
    proofs: [
      clusterServices('type: ExternalName\nexternalName: bank.example.net', 'type: ClusterIP\nports: [{port: 443}]'),
    ],
  },
  {
    id: 'PLM-NETWORK-INGRESS-TLS',
    family: 'network',
    title: 'What comes in from outside is encrypted',
    anchors: ['SC-8', 'SC-23'],
    why: 'What comes from outside passes networks that nobody of yours controls.',
    attack: 'Sign-ins and data are read and changed on their way.',
    remedy: 'Give each ingress and listener a certificate.',
    evidence: [checks('kubernetes-ingress-tls-missing', 'kubernetes-gateway-plain')],
    proofs: [
      ingresses(
        'rules: [{host: invoices.example.net}]',
        'rules: [{host: invoices.example.net}]\ntls: [{hosts: [invoices.example.net], secretName: invoices}]',
      ),
      kubernetes(
        'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: front, namespace: billing}\nspec:\n  gatewayClassName: front\n  listeners: [{name: web, port: 80, protocol: HTTP}]\n',
        'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: front, namespace: billing}\nspec:\n  gatewayClassName: front\n  listeners: [{name: web, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: front}]}}]\n',
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-INGRESS-TLS-ONLY',
    family: 'network',
    title: 'What is offered encrypted is not offered in plain text too',
    anchors: ['SC-8'],
    why: 'As long as plain requests are answered, clients can be kept on them.',
    attack: 'Somebody in between strips the redirect and reads everything.',
    remedy: 'Redirect to HTTPS, and send HSTS.',
    evidence: [checks('kubernetes-ingress-plain-allowed')],
    proofs: [
      ingresses(
        'rules: [{host: invoices.example.net}]\ntls: [{hosts: [invoices.example.net], secretName: invoices}]',
        'rules: [{host: invoices.example.net}]\ntls: [{hosts: [invoices.example.net], secretName: invoices}]',
        'nginx.ingress.kubernetes.io/ssl-redirect: "false"',
      ),
    ],
  },
  {
    id: 'PLM-NETWORK-INGRESS-HOST',
    family: 'network',
    title: 'Ingresses answer for the names that are theirs',
    anchors: ['CM-6', 'SC-7'],
    why: 'An ingress without a name answers for all names.',
    attack: 'An attacker points a name of theirs at it, or one tenant takes requests of another.',
    remedy: 'Name the hosts.',
    evidence: [checks('kubernetes-ingress-any-host')],
    proofs: [ingresses('rules: [{http: {paths: []}}]', 'rules: [{host: invoices.example.net}]')],
  },
  {
    id: 'PLM-NETWORK-INGRESS-SNIPPET',
    family: 'network',
    title: 'Ingresses do not bring configuration for the controller',
    anchors: ['CM-7', 'SI-10'],
    why: 'A snippet is configuration of the shared controller, written by whoever may write an ingress.',
    attack: "It has been used to read the controller's token and all secrets of the cluster.",
    remedy: 'Remove the annotation and switch snippets off.',
    evidence: [checks('kubernetes-ingress-nginx-snippet')],
    proofs: [
      ingresses(
        'rules: [{host: invoices.example.net}]',
        'rules: [{host: invoices.example.net}]',
        'nginx.ingress.kubernetes.io/configuration-snippet: "more_set_headers a"',
      ),
    ],
  },
];

/** @param context of the only container of a pod that an ingress leads to @param spec a line of the pod @param rest further documents */
function exposed(context: string, spec = 'restartPolicy: Always', rest = ''): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: invoices, namespace: billing, labels: {app: invoices}}
spec:
  ${spec}
  containers:
    - name: invoices
      image: registry.example.net/billing/invoices:2.7.1
      securityContext: {${context}}
---
apiVersion: v1
kind: Service
metadata: {name: invoices, namespace: billing}
spec:
  selector: {app: invoices}
  ports: [{port: 8443}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: invoices, namespace: billing}
spec:
  defaultBackend: {service: {name: invoices, port: {number: 8443}}}
${rest}`;
}

/** An account that reads every secret. */
function secretKeeper(): string {
  return `---\n${granted('{apiGroups: [""], resources: [secrets], verbs: [list]}')}`;
}
