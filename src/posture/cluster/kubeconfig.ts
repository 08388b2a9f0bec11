import { parseYaml, type Yaml } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';

/** What one context of a kubeconfig says, before any file that it names is read. */
export interface KubeContext {
  readonly name: string;
  /** `https://10.0.0.1:6443` */
  readonly server: string;
  readonly authority?: Material;
  readonly certificate?: Material;
  readonly key?: Material;
  readonly token?: string;
  readonly tokenFile?: string;
  /** A program that prints credentials: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
  readonly plugin?: CredentialPlugin;
  /** `insecure-skip-tls-verify`: by the user's own word in the file. */
  readonly isInsecure: boolean;
}

/** PEM, or the file that it is in, relative to the kubeconfig. */
export type Material = { readonly pem: string } | { readonly file: string };

export interface CredentialPlugin {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly apiVersion: string;
}

/**
 * Reads one context of a kubeconfig. Pure. Plain passwords and the removed `auth-provider` are not supported, and said.
 *
 * @param wanted the context; the file's current one when absent
 * @param file names it in messages
 */
export function parseKubeconfig(text: string, wanted: string | undefined, file: string): Result<KubeContext> {
  const yaml = parseYaml({ size: text.length, bytes: () => Buffer.from(text), text: () => text });
  if (!yaml.ok) return err(`${file} ${yaml.error}`);
  const [root] = yaml.value.documents;
  const name = wanted ?? textAt(root, 'current-context');
  if (name === undefined || name === '')
    return err(`${file} has no current context: choose one with --context (${namesIn(root, 'contexts')})`);
  const context = named(root, 'contexts', 'context', name);
  if (context === undefined) return err(`${file} has no context ${name}; there are: ${namesIn(root, 'contexts')}`);
  const cluster = named(root, 'clusters', 'cluster', textAt(context, 'cluster') ?? '');
  const server = textAt(cluster, 'server');
  if (cluster === undefined || server === undefined || !/^https?:\/\//.test(server))
    return err(`${file}: the context ${name} names no cluster with an address`);
  const user = named(root, 'users', 'user', textAt(context, 'user') ?? '');
  const unsupported = ['password', 'auth-provider'].find((member) => memberAt(user, member) !== undefined);
  if (unsupported !== undefined)
    return err(`${file}: ${unsupported} is not supported; use a client certificate, a token or a credential plugin`);
  return ok({ name, server, ...trustOf(cluster), ...credentialsOf(user) });
}

function trustOf(cluster: Yaml): Pick<KubeContext, 'authority' | 'isInsecure'> {
  const authority = materialOf(cluster, 'certificate-authority');
  return { ...(authority && { authority }), isInsecure: textAt(cluster, 'insecure-skip-tls-verify') === 'true' };
}

function credentialsOf(user: Yaml | undefined): Partial<KubeContext> {
  const certificate = materialOf(user, 'client-certificate');
  const key = materialOf(user, 'client-key');
  const token = textAt(user, 'token');
  const tokenFile = textAt(user, 'tokenFile');
  const plugin = pluginOf(memberAt(user, 'exec'));
  return {
    ...(certificate && { certificate }),
    ...(key && { key }),
    ...(token && { token }),
    ...(tokenFile && { tokenFile }),
    ...(plugin && { plugin }),
  };
}

function materialOf(owner: Yaml | undefined, member: string): Material | undefined {
  const data = textAt(owner, `${member}-data`);
  if (data) return { pem: Buffer.from(data, 'base64').toString('utf8') };
  const file = textAt(owner, member);
  return file ? { file } : undefined;
}

function pluginOf(value: Yaml | undefined): CredentialPlugin | undefined {
  const command = textAt(value, 'command');
  if (command === undefined) return undefined;
  const list = memberAt(value, 'args');
  const environment = memberAt(value, 'env');
  return {
    command,
    arguments: Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [],
    environment: new Map(
      (Array.isArray(environment) ? environment : []).map((one) => [
        textAt(one, 'name') ?? '',
        textAt(one, 'value') ?? '',
      ]),
    ),
    apiVersion: textAt(value, 'apiVersion') ?? 'client.authentication.k8s.io/v1',
  };
}

function named(root: Yaml | undefined, list: string, member: string, name: string): Yaml | undefined {
  const entries = memberAt(root, list);
  const entry = (Array.isArray(entries) ? entries : []).find((one) => textAt(one, 'name') === name);
  return memberAt(entry, member);
}

function namesIn(root: Yaml | undefined, list: string): string {
  const entries = memberAt(root, list);
  const names = (Array.isArray(entries) ? entries : []).flatMap((one) => textAt(one, 'name') ?? []);
  return names.length === 0 ? 'it has none' : names.slice(0, 20).join(', ');
}

function memberAt(value: Yaml | undefined, name: string): Yaml | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function textAt(value: Yaml | undefined, name: string): string | undefined {
  const member = memberAt(value, name);
  return typeof member === 'string' ? member : undefined;
}
