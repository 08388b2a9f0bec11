import type { Check } from '../../check.ts';
import { editMember } from '../../yaml/index.ts';
import { containerCheck } from '../declare.ts';
import { deployment, podOf } from '../examples.ts';
import { textAt } from '../fields.ts';
import { PAGES } from '../references.ts';
import { type Container, nameOf } from '../workload.ts';

interface ImageName {
  readonly written: string;
  /** `registry.example.com:5000`; absent where the node chooses. */
  readonly registry?: string;
  /** Without registry, tag and digest. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Whoever starts a pipeline or workflow says what stands for `$(params.image)` and `{{inputs.parameters.image}}`. */
function isParameter(written: string): boolean {
  return written.includes('$(') || written.includes('{{');
}

/** Parts of a reference as the kubelet takes them apart; what is no reference at all it refuses itself. */
function imageOf({ value }: Container): ImageName | undefined {
  const written = textAt(value, 'image');
  if (written === undefined || written === '' || isParameter(written)) return undefined;
  const [name = '', digest] = written.split('@');
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  const path = colon === -1 ? name : name.slice(0, colon);
  const first = path.slice(0, Math.max(0, path.indexOf('/')));
  const hasRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  return {
    written,
    ...(hasRegistry && { registry: first }),
    repository: hasRegistry ? path.slice(first.length + 1) : path,
    ...(colon !== -1 && { tag: name.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
}

const container = (image: string) => podOf(`- name: web\n  image: ${image}`);
const DIGEST = `sha256:${'4f'.repeat(32)}`;

export const imageChecks: readonly Check<'kubernetes'>[] = [
  containerCheck({
    id: 'kubernetes-image-latest',
    title: 'The image has no tag, or the tag latest',
    severity: 'medium',
    aliases: ['KSV-0013'],
    rationale: 'Each node may run something else under the name, and nobody can say what ran or go back to it.',
    remediation: 'Name a version, better a digest: image@sha256:….',
    controls: ['CM-2', 'SI-7'],
    references: [PAGES.images],
    examples: {
      fail: [container('registry.example.com/web:latest'), container('registry.example.com:5000/web')],
      pass: [container('registry.example.com/web:1.4.2'), container(`registry.example.com/web@${DIGEST}`)],
    },
    *find(asked) {
      const image = imageOf(asked);
      if (image === undefined || image.digest !== undefined || (image.tag !== undefined && image.tag !== 'latest'))
        return;
      yield { path: [...asked.path, 'image'], message: `${nameOf(asked)} runs ${image.written}` };
    },
  }),
  containerCheck({
    id: 'kubernetes-image-not-pinned',
    title: 'The image is named by a tag and not by its digest',
    severity: 'low',
    rationale:
      'A tag can be moved to other content, by mistake or by whoever has the registry; what was checked is then not what runs.',
    remediation: 'Add the digest to the name: image:1.4.2@sha256:….',
    controls: ['SI-7', 'CM-2', 'SR-4'],
    references: [PAGES.images],
    examples: {
      fail: [container('registry.example.com/web:1.4.2')],
      pass: [container(`registry.example.com/web:1.4.2@${DIGEST}`)],
    },
    *find(asked) {
      const image = imageOf(asked);
      if (image === undefined || image.digest !== undefined) return;
      yield { path: [...asked.path, 'image'], message: `${image.written} has no digest` };
    },
  }),
  containerCheck({
    id: 'kubernetes-image-pull-policy',
    title: 'An image that a node has is run without asking the registry',
    severity: 'low',
    rationale:
      'A pod that may not pull the image can run the copy that another pod left on the node, and a moved tag goes unnoticed.',
    remediation: 'Set imagePullPolicy: Always, or name the image by its digest.',
    controls: ['AC-3', 'CM-2'],
    references: [
      PAGES.images,
      'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#alwayspullimages',
    ],
    examples: {
      fail: [deployment('imagePullPolicy: IfNotPresent')],
      pass: [deployment('imagePullPolicy: Always'), container('registry.example.com/web:latest')],
    },
    *find(asked, { object }) {
      const image = imageOf(asked);
      const policy = textAt(asked.value, 'imagePullPolicy');
      const byDefault = image?.tag === undefined || image.tag === 'latest' ? 'Always' : 'IfNotPresent';
      if (image === undefined || image.digest !== undefined || (policy ?? byDefault) === 'Always') return;
      const path = [...asked.path, 'imagePullPolicy'];
      yield {
        path,
        message: `${nameOf(asked)} is pulled ${policy ?? 'IfNotPresent, the default'}`,
        fix: editMember(object.document, object.at(path), 'Always'),
        fixMayBreak: 'a pod whose image no registry has',
      };
    },
  }),
  containerCheck({
    id: 'kubernetes-image-registry-missing',
    title: 'The name of the image leaves the registry to the node',
    severity: 'low',
    aliases: ['KSV-0125', 'KSV-0034'],
    rationale:
      'Short names mean Docker Hub on most nodes and something else on others: a stranger may own the name where it is looked up.',
    remediation: 'Write the registry in front of the name, best one of your own that scans what it mirrors.',
    controls: ['SR-3', 'CM-7'],
    references: [PAGES.images],
    examples: { fail: [container('nginx:1.27')], pass: [container('registry.example.com/nginx:1.27')] },
    *find(asked) {
      const image = imageOf(asked);
      if (image === undefined || image.registry !== undefined) return;
      yield { path: [...asked.path, 'image'], message: `${image.written} names no registry` };
    },
  }),
  containerCheck({
    id: 'kubernetes-image-plain-registry',
    title: 'The image comes from a registry by address',
    severity: 'medium',
    rationale:
      'An address or localhost has no certificate that anybody vouches for, so nodes are told to trust it blindly or to speak plain HTTP.',
    remediation: 'Give the registry a name and a certificate, and use the name.',
    controls: ['SC-8', 'SR-3'],
    references: [PAGES.images],
    examples: { fail: [container('10.0.0.5:5000/web:1.4.2')], pass: [container('registry.example.com/web:1.4.2')] },
    *find(asked) {
      const { registry = '', written } = imageOf(asked) ?? {};
      if (!/^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.test(registry)) return;
      yield { path: [...asked.path, 'image'], message: `${written} comes from ${registry}` };
    },
  }),
  containerCheck({
    id: 'kubernetes-tiller',
    title: 'Tiller, the server of Helm 2, is deployed',
    severity: 'critical',
    aliases: ['KSV-0102'],
    rationale:
      'It takes orders from every pod that reaches its port and carries them out with its own rights, mostly those of an administrator.',
    remediation: 'Move to Helm 3, which has no server, and delete Tiller.',
    controls: ['AC-3', 'CM-7', 'SI-2'],
    references: ['https://helm.sh/docs/topics/v2_v3_migration/'],
    examples: { fail: [container('ghcr.io/helm/tiller:v2.16.0')], pass: [container('registry.example.com/web:1.4.2')] },
    *find(asked) {
      const image = imageOf(asked);
      if (image && /(?:^|\/)tiller$/.test(image.repository))
        yield { path: [...asked.path, 'image'], message: `${image.written} is Tiller` };
    },
  }),
  containerCheck({
    id: 'kubernetes-dashboard',
    title: 'The Kubernetes dashboard is deployed',
    severity: 'low',
    rationale:
      'It acts on the cluster for whoever reaches it; left open, it was the way in of well-known break-ins. The project has been retired.',
    remediation:
      'Use kubectl or a console with its own sign-in; if it must stay, allow no sign-in to be skipped and bind no rights to it.',
    controls: ['AC-3', 'CM-7'],
    references: ['https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/'],
    examples: {
      fail: [container('docker.io/kubernetesui/dashboard:v2.7.0')],
      pass: [container('registry.example.com/web:1.4.2')],
    },
    *find(asked) {
      const image = imageOf(asked);
      if (
        image &&
        /(?:^|\/)(?:kubernetesui\/dashboard(?:-(?:api|web|auth))?|kubernetes-dashboard-[a-z0-9]{1,10})$/.test(
          image.repository,
        )
      )
        yield { path: [...asked.path, 'image'], message: `${image.written} is the dashboard` };
    },
  }),
  containerCheck({
    id: 'kubernetes-dashboard-open',
    title: 'The dashboard lets people in without signing in',
    severity: 'critical',
    rationale: 'Whoever reaches its port acts with the rights of its service account.',
    remediation: 'Remove --enable-skip-login, --disable-settings-authorizer and --enable-insecure-login.',
    controls: ['AC-3', 'IA-2'],
    references: ['https://github.com/kubernetes/dashboard/blob/master/docs/common/arguments.md'],
    examples: {
      fail: [podOf('- name: web\n  image: docker.io/kubernetesui/dashboard:v2.7.0\n  args: [--enable-skip-login]')],
      pass: [container('docker.io/kubernetesui/dashboard:v2.7.0')],
    },
    *find(asked) {
      for (const member of ['command', 'args']) {
        const list = asked.value[member];
        if (!Array.isArray(list)) continue;
        for (const [index, argument] of list.entries()) {
          if (typeof argument === 'string' && /^--enable-(?:skip|insecure)-login(?:=true)?$/.test(argument))
            yield { path: [...asked.path, member, index], message: `the dashboard is started with ${argument}` };
        }
      }
    },
  }),
];
