import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { memberOf, parseJsonText } from '#foundation/documents/index.ts';
import { createHttpClient, err, type HttpClient, ok, type Result, userAgent } from '#foundation/index.ts';
import { type CredentialPlugin, type KubeContext, type Material, parseKubeconfig } from './kubeconfig.ts';

/** A way to the API server of one cluster. */
export interface ClusterAccess {
  readonly name: string;
  readonly server: string;
  readonly client: HttpClient;
  readonly token?: string;
}

export interface AccessOptions {
  /** The file; without it `KUBECONFIG`, the service account of the pod that this runs in, or `~/.kube/config`. */
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Finds a cluster as `kubectl` does. Only the authority that the kubeconfig names is trusted, where it names one. */
export async function openCluster(options: AccessOptions): Promise<Result<ClusterAccess>> {
  const { environment, kubeconfig } = options;
  const host = environment['KUBERNETES_SERVICE_HOST'];
  if (kubeconfig === undefined && !environment['KUBECONFIG'] && host !== undefined)
    return fromInside(environment, host);
  const fromEnvironment = environment['KUBECONFIG']?.split(delimiter).find((path) => path !== '');
  const path = kubeconfig ?? fromEnvironment ?? join(environment['HOME'] ?? homedir(), '.kube/config');
  const text = await readBounded(path);
  if (!text.ok) return err(`${text.error}; name a kubeconfig with --kubeconfig, or exported objects with --manifests`);
  const context = parseKubeconfig(text.value, options.context, path);
  return context.ok ? accessOf(context.value, dirname(path), options) : context;
}

async function fromInside(
  environment: Readonly<Record<string, string | undefined>>,
  host: string,
): Promise<Result<ClusterAccess>> {
  const token = await readBounded(join(ACCOUNT, 'token'));
  const authority = await readBounded(join(ACCOUNT, 'ca.crt'));
  if (!token.ok) return err(`the service account's ${token.error}`);
  if (!authority.ok) return err(`the service account's ${authority.error}`);
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '443';
  return ok({
    name: 'this cluster',
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    client: createHttpClient({ userAgent, ca: [authority.value], trustsOnlyGiven: true }),
    token: token.value.trim(),
  });
}

async function accessOf(context: KubeContext, base: string, options: AccessOptions): Promise<Result<ClusterAccess>> {
  const authority = await materialAt(context.authority, base);
  if (!authority.ok) return authority;
  const credentials = await credentialsOf(context, base, options);
  if (!credentials.ok) return credentials;
  const { token, certificate, key } = credentials.value;
  const client = createHttpClient({
    userAgent,
    ...(authority.value && { ca: [authority.value], trustsOnlyGiven: true }),
    ...(certificate && key && { clientCertificate: { certificate, key } }),
    ...(context.isInsecure && { insecure: true }),
  });
  return ok({ name: context.name, server: context.server, client, ...(token && { token }) });
}

interface Credentials {
  readonly token?: string | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

async function credentialsOf(
  context: KubeContext,
  base: string,
  { environment, signal }: AccessOptions,
): Promise<Result<Credentials>> {
  if (context.plugin) return askPlugin(context.plugin, base, environment, signal);
  const certificate = await materialAt(context.certificate, base);
  const key = await materialAt(context.key, base);
  if (!certificate.ok) return certificate;
  if (!key.ok) return key;
  const tokenFile =
    context.tokenFile && !context.token ? await readBounded(resolve(base, context.tokenFile)) : undefined;
  if (tokenFile?.ok === false) return tokenFile;
  return ok({ certificate: certificate.value, key: key.value, token: context.token ?? tokenFile?.value.trim() });
}

async function materialAt(material: Material | undefined, base: string): Promise<Result<string | undefined>> {
  if (material === undefined) return ok(undefined);
  return 'pem' in material ? ok(material.pem) : readBounded(resolve(base, material.file));
}

const PLUGIN_TIMEOUT_MS = 60_000;

/** As the API server's clients run it: without a shell, no terminal; whoever gives a kubeconfig gives its programs. */
async function askPlugin(
  plugin: CredentialPlugin,
  base: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Result<Credentials>> {
  const { command } = plugin;
  const program = command.includes('/') && !isAbsolute(command) ? resolve(base, command) : command;
  const asked = JSON.stringify({ apiVersion: plugin.apiVersion, kind: 'ExecCredential', spec: { interactive: false } });
  const env = { ...environment, ...Object.fromEntries(plugin.environment), KUBERNETES_EXEC_INFO: asked };
  const run = { env, signal, timeout: PLUGIN_TIMEOUT_MS, maxBuffer: MAX_FILE_BYTES };
  const said = await new Promise<Result<string>>((done) => {
    execFile(program, [...plugin.arguments], run, (error, stdout) => {
      // What it prints may be half a credential: it is not repeated.
      done(
        error
          ? err(`the credential plugin ${command} failed (${error.code ?? error.signal ?? 'no reason'})`)
          : ok(stdout),
      );
    });
  });
  if (!said.ok) return said;
  const json = parseJsonText(said.value);
  const status = json.ok ? memberOf(json.value, 'status') : undefined;
  const text = (name: string) => {
    const value = memberOf(status, name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const credentials = { token: text('token'), certificate: text('clientCertificateData'), key: text('clientKeyData') };
  return credentials.token || credentials.certificate
    ? ok(credentials)
    : err(`the credential plugin ${command} gave neither a token nor a certificate`);
}

async function readBounded(path: string): Promise<Result<string>> {
  try {
    const text = await readFile(path, 'utf8');
    return text.length > MAX_FILE_BYTES ? err(`${path} has more than ${MAX_FILE_BYTES} characters`) : ok(text);
  } catch (error) {
    return err(
      `${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})`,
    );
  }
}
