import { entriesOf } from '#foundation/documents/index.ts';
import type { Check } from '../../check.ts';
import { isSecretName } from '../../secret-name.ts';
import { containerCheck, type Found, objectCheck } from '../declare.ts';
import { deployment, manifest } from '../examples.ts';
import { field, listAt, textAt } from '../fields.ts';
import { PAGES } from '../references.ts';
import { type Container, nameOf } from '../workload.ts';

/** Not what would be secret: empty, a truth, a number of few digits, a path, a reference to another variable. */
function isPlaceholder(value: unknown): boolean {
  if (typeof value !== 'string') return true;
  return (
    value.length < 4 ||
    /^(?:true|false|none|null|\/[\w./-]{1,200}|\$\([A-Z_a-z0-9]{1,100}\)|\$\{[^}]{1,100}\}|<[^>]{1,100}>|changeme)$/i.test(
      value,
    )
  );
}

function* secretVariables({ value, path }: Container): Iterable<Found> {
  for (const [index, variable] of listAt(value, 'env').entries()) {
    const name = textAt(variable, 'name') ?? '';
    if (!isSecretName(name) || isPlaceholder(field(variable, 'value'))) continue;
    yield { path: [...path, 'env', index, 'value'], message: `the value of ${name} is written in the manifest` };
  }
}

const OPTION = /^--?([A-Za-z0-9_.-]{2,60})(?:=(.{0,2000}))?$/s;

/** `--db-password=x`, and `--db-password` with its value behind it. */
function* secretArguments(container: Container): Iterable<Found> {
  for (const member of ['command', 'args']) {
    const list = listAt(container.value, member);
    for (const [index, argument] of list.entries()) {
      const [, name = '', written] = typeof argument === 'string' ? (OPTION.exec(argument) ?? []) : [];
      const secret = written ?? list[index + 1];
      if (!isSecretName(name) || isPlaceholder(secret) || String(secret).startsWith('-')) continue;
      yield {
        path: [...container.path, member, index],
        message: `${nameOf(container)} is given ${name} as an argument`,
      };
    }
  }
}

function* fromSecrets({ value, path }: Container): Iterable<Found> {
  for (const [index, variable] of listAt(value, 'env').entries()) {
    if (field(variable, 'valueFrom', 'secretKeyRef') === undefined) continue;
    const message = `${textAt(variable, 'name') ?? 'a variable'} holds a value of a secret`;
    yield { path: [...path, 'env', index], message };
  }
  for (const [index, source] of listAt(value, 'envFrom').entries()) {
    const name = textAt(source, 'secretRef', 'name');
    if (name !== undefined)
      yield { path: [...path, 'envFrom', index], message: `every value of the secret ${name} is a variable` };
  }
}

export const secretChecks: readonly Check<'kubernetes'>[] = [
  objectCheck({
    kinds: ['ConfigMap'],
    id: 'kubernetes-config-map-secret',
    title: 'A ConfigMap holds what seems to be a secret',
    severity: 'high',
    aliases: ['KSV-0109', 'KSV-01010'],
    rationale:
      'ConfigMaps are read by many more people and programs than secrets, and are not encrypted where they are stored.',
    remediation:
      'Move the value to a Secret, best one that an operator fills from a store outside of the repository, and change it.',
    controls: ['IA-5', 'SC-28'],
    references: [PAGES.secrets, 'https://kubernetes.io/docs/concepts/configuration/configmap/'],
    examples: {
      fail: [manifest('v1 ConfigMap web', 'data:\n  DB_PASSWORD: hunter2hunter2')],
      pass: [manifest('v1 ConfigMap web', 'data:\n  DB_PASSWORD_FILE: /run/secrets/db\n  LOG_LEVEL: info')],
    },
    *find({ value }) {
      for (const [name, text] of entriesOf(field(value, 'data'))) {
        if (isSecretName(name) && !isPlaceholder(text))
          yield { path: ['data', name], message: `holds a value for ${name}` };
      }
    },
  }),
  containerCheck({
    id: 'kubernetes-secret-in-environment',
    title: 'A secret is written into the environment of a container',
    severity: 'high',
    rationale: 'It is read by everybody who sees the manifest or the pod, and stays in the history of the repository.',
    remediation: 'Put it into a Secret, mount that as a file, and change the secret.',
    controls: ['IA-5', 'SC-28'],
    references: [PAGES.secrets],
    examples: {
      fail: [deployment('env:\n  - {name: DB_PASSWORD, value: hunter2hunter2}')],
      pass: [deployment('env:\n  - {name: DB_PASSWORD_FILE, value: /run/secrets/db}')],
    },
    find: secretVariables,
  }),
  containerCheck({
    id: 'kubernetes-secret-in-arguments',
    title: 'A secret is an argument of a program',
    severity: 'high',
    rationale: 'Arguments show in the list of processes of the node, in logs and in the manifest.',
    remediation: 'Have the program read it from a file that is mounted from a Secret, and change the secret.',
    controls: ['IA-5', 'SC-28'],
    references: [PAGES.secrets],
    examples: {
      fail: [deployment('args: ["--db-password=hunter2hunter2"]'), deployment('args: [--token, hunter2hunter2]')],
      pass: [deployment('args: ["--db-password=$(DB_PASSWORD)"]'), deployment('args: [--password-file, /run/db]')],
    },
    find: secretArguments,
  }),
  containerCheck({
    id: 'kubernetes-secret-as-variable',
    title: 'A secret reaches the program through its environment',
    severity: 'low',
    rationale:
      'The environment is inherited by every child, printed by crash reports and debug pages, and does not change when the secret does.',
    remediation: 'Mount the secret as a file.',
    controls: ['IA-5', 'SC-28'],
    references: [PAGES.secrets],
    examples: {
      fail: [
        deployment('env:\n  - name: DB\n    valueFrom: {secretKeyRef: {name: db, key: url}}'),
        deployment('envFrom:\n  - secretRef: {name: db}'),
      ],
      pass: [
        deployment(
          'volumeMounts:\n  - {name: db, mountPath: /run/secrets}',
          'volumes:\n  - name: db\n    secret: {secretName: db}',
        ),
      ],
    },
    find: fromSecrets,
  }),
  objectCheck({
    kinds: ['Secret'],
    id: 'kubernetes-secret-in-manifest',
    title: 'A Secret with its content in the file',
    severity: 'medium',
    rationale: 'Base64 is no encryption: whoever reads the repository reads the secret, and its history keeps it.',
    remediation: 'Keep it in a store of secrets, or encrypt it in the file with SOPS or a SealedSecret, and change it.',
    controls: ['IA-5', 'SC-28'],
    references: [PAGES.secrets],
    examples: {
      fail: [manifest('v1 Secret db', 'stringData:\n  url: postgres://shop@db/shop')],
      pass: [
        manifest('v1 Secret db', 'type: Opaque'),
        manifest('v1 Secret db', 'data:\n  url: ENC[AES256_GCM,data:abcd]\nsops: {version: 3.9.0}'),
      ],
    },
    *find({ value }) {
      if (field(value, 'sops') !== undefined) return;
      for (const member of ['data', 'stringData']) {
        const names = entriesOf(field(value, member)).filter(([, content]) => !isPlaceholder(content));
        if (names.length > 0)
          yield {
            path: [member],
            message: `holds ${names
              .slice(0, 3)
              .map(([name]) => name)
              .join(', ')}`,
          };
      }
    },
  }),
];
