import type { Members } from '#foundation/documents/index.ts';
import type { Check } from '../../check.ts';
import { editMember } from '../../yaml/index.ts';
import { type Found, objectCheck, workloadCheck } from '../declare.ts';
import { deployment, manifest } from '../examples.ts';
import { field, isFalse, isTrue, listAt, textAt } from '../fields.ts';
import { PAGES } from '../references.ts';
import type { Workload } from '../workload.ts';

/** The old name of the member still counts. */
export function accountName(spec: Members): string {
  return textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default';
}

/** The account's own word holds where the pod says nothing. */
export function mountsToken({ object, spec }: Workload): boolean {
  const ofPod = field(spec, 'automountServiceAccountToken');
  if (ofPod !== undefined) return !isFalse(ofPod);
  const named = object.manifests.named('ServiceAccount', object.namespace, accountName(spec));
  return !named.some(({ value }) => isFalse(field(value, 'automountServiceAccountToken')));
}

function* mountedToken(workload: Workload): Iterable<Found> {
  if (!mountsToken(workload)) return;
  const { object, specPath } = workload;
  const path = [...specPath, 'automountServiceAccountToken'];
  const fix = editMember(object.document, object.at(path), false);
  const message = 'the token of the service account is mounted into every container';
  yield { path, message, fix, fixMayBreak: USER_OF_TOKENS };
}

const USER_OF_TOKENS = 'a program that speaks to the Kubernetes interface';

function* longToken({ spec, specPath }: Workload): Iterable<Found> {
  for (const [index, volume] of listAt(spec, 'volumes').entries()) {
    for (const [at, source] of listAt(volume, 'projected', 'sources').entries()) {
      const seconds = field(source, 'serviceAccountToken', 'expirationSeconds');
      if (typeof seconds !== 'number' || seconds <= DAY_SECONDS) continue;
      const path = [
        ...specPath,
        'volumes',
        index,
        'projected',
        'sources',
        at,
        'serviceAccountToken',
        'expirationSeconds',
      ];
      yield { path, message: `the token is good for ${seconds} seconds` };
    }
  }
}

const DAY_SECONDS = 86_400;

const tokenVolume = (seconds: number) =>
  `volumes:\n  - name: token\n    projected:\n      sources:\n        - serviceAccountToken: {path: token, audience: vault, expirationSeconds: ${seconds}}`;

const account = (line: string, name = 'web') => manifest(`v1 ServiceAccount ${name}`, line);

export const identityChecks: readonly Check<'kubernetes'>[] = [
  workloadCheck({
    id: 'kubernetes-service-account-token',
    title: 'A token of the cluster is mounted into the pod',
    severity: 'medium',
    aliases: ['KSV-0036'],
    rationale:
      'Whoever gets into a container speaks to the Kubernetes interface with the rights of the pod’s service account.',
    remediation:
      'Set automountServiceAccountToken: false in the pod, unless the program uses the Kubernetes interface.',
    controls: ['AC-6', 'IA-5'],
    references: [PAGES.serviceAccounts],
    examples: {
      fail: [deployment()],
      pass: [
        deployment('', 'automountServiceAccountToken: false'),
        deployment('', 'serviceAccountName: web', `---\n${account('automountServiceAccountToken: false')}`),
      ],
    },
    find: mountedToken,
  }),
  workloadCheck({
    id: 'kubernetes-default-service-account',
    title: 'The pod runs as the default service account',
    severity: 'low',
    rationale: 'All pods of the namespace that name none share it: rights for one of them are rights for all.',
    remediation: 'Make a service account for the workload and name it in serviceAccountName.',
    controls: ['AC-6', 'IA-2'],
    references: [PAGES.serviceAccounts],
    examples: { fail: [deployment()], pass: [deployment('', 'serviceAccountName: web')] },
    *find({ spec, specPath }) {
      const name = accountName(spec);
      if (name === 'default')
        yield { path: [...specPath, 'serviceAccountName'], message: 'the pod names no service account of its own' };
    },
  }),
  workloadCheck({
    id: 'kubernetes-long-lived-token',
    title: 'A projected token is good for more than a day',
    severity: 'low',
    rationale: 'A token that is stolen from the pod serves the thief until it ends.',
    remediation: 'Set expirationSeconds to an hour: the kubelet renews the file in time.',
    controls: ['IA-5', 'AC-12'],
    references: ['https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken'],
    examples: { fail: [deployment('', tokenVolume(31_536_000))], pass: [deployment('', tokenVolume(3600))] },
    find: longToken,
  }),
  objectCheck({
    kinds: ['ServiceAccount'],
    id: 'kubernetes-service-account-automount',
    title: 'The service account gives its token to every pod that uses it',
    severity: 'low',
    rationale: 'Pods that never speak to the Kubernetes interface carry a token for it.',
    remediation: 'Set automountServiceAccountToken: false, and true in the pods that need it.',
    controls: ['AC-6', 'IA-5'],
    references: [PAGES.serviceAccounts],
    examples: { fail: [account('')], pass: [account('automountServiceAccountToken: false')] },
    *find(object) {
      const path = ['automountServiceAccountToken'];
      if (isFalse(field(object.value, ...path))) return;
      const fix = editMember(object.document, object.at(path), false);
      yield { path, message: 'pods that use the account get its token', fix, fixMayBreak: USER_OF_TOKENS };
    },
  }),
  objectCheck({
    kinds: ['Secret'],
    id: 'kubernetes-token-secret',
    title: 'A secret that holds a token without an end',
    severity: 'medium',
    rationale:
      'A token of this type is good until the secret is deleted, and is found by everybody who may list secrets.',
    remediation: 'Ask for tokens with an end: kubectl create token, or a projected volume.',
    controls: ['IA-5', 'AC-12'],
    references: [PAGES.secrets, PAGES.serviceAccounts],
    examples: {
      fail: [manifest('v1 Secret token', 'type: kubernetes.io/service-account-token')],
      pass: [manifest('v1 Secret token', 'type: Opaque')],
    },
    *find({ value }) {
      if (textAt(value, 'type') === 'kubernetes.io/service-account-token')
        yield { path: ['type'], message: 'holds a token of a service account that does not end' };
    },
  }),
  objectCheck({
    kinds: ['Secret', 'ConfigMap'],
    id: 'kubernetes-secret-last-applied',
    title: 'A copy of the object in its annotations',
    severity: 'low',
    rationale:
      'The annotation shows the content, for a secret in plain text, to everybody who may see the object’s metadata.',
    remediation: 'Remove the annotation, and apply with --server-side.',
    controls: ['SC-28', 'IA-5'],
    references: [PAGES.secrets],
    examples: {
      fail: [annotated('kubectl.kubernetes.io/last-applied-configuration: "{}"')],
      pass: [annotated('app: web')],
    },
    *find({ value }) {
      const path = ['metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration'];
      if (field(value, ...path) !== undefined) yield { path, message: 'the annotation holds the whole object' };
    },
  }),
  workloadCheck({
    id: 'kubernetes-automount-explicit',
    title: 'The token is mounted although the account says no',
    severity: 'medium',
    rationale: 'The pod’s own word takes back what the service account was made to withhold.',
    remediation: 'Remove automountServiceAccountToken: true from the pod, or say in the account that it is meant.',
    controls: ['AC-6', 'CM-6'],
    references: [PAGES.serviceAccounts],
    examples: {
      fail: [
        deployment(
          '',
          'serviceAccountName: web\nautomountServiceAccountToken: true',
          `---\n${account('automountServiceAccountToken: false')}`,
        ),
      ],
      pass: [deployment('', 'serviceAccountName: web', `---\n${account('automountServiceAccountToken: false')}`)],
    },
    *find({ object, spec, specPath }) {
      const named = object.manifests.named('ServiceAccount', object.namespace, accountName(spec));
      const withheld = named.some(({ value }) => isFalse(field(value, 'automountServiceAccountToken')));
      const path = [...specPath, 'automountServiceAccountToken'];
      if (withheld && isTrue(field(spec, 'automountServiceAccountToken')))
        yield {
          path,
          message: 'takes the token that its service account withholds',
          fix: editMember(object.document, object.at(path), false),
          fixMayBreak: USER_OF_TOKENS,
        };
    },
  }),
];

function annotated(annotation: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  annotations:\n    ${annotation}\n`;
}
