import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import { asObject, asText, type JsonObject, parseJsonObject } from '../image/json.ts';
import { askCredentialHelper } from './credential-helper.ts';

/** A login for one registry. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token, exchanged for access tokens at the token service. */
  | { readonly kind: 'identity-token'; readonly token: string }
  /** Sent to the registry as it is. */
  | { readonly kind: 'registry-token'; readonly token: string };

export interface CredentialSearch {
  readonly credentials?: Credentials;
  /** What went wrong on the way, for the message when the registry then says no. Holds no secret. */
  readonly notes: readonly string[];
}

const MAX_FILE_BYTES = 1024 * 1024;

/**
 * Looks for a stored login where Podman, Buildah, Skopeo and Docker keep theirs, in this order: `$REGISTRY_AUTH_FILE`, the
 * `containers/auth.json` files, Docker's `config.json`. Inside a file a helper for the registry goes first, then `auths`
 * from the most specific name to the host, then the general helper.
 */
export async function findCredentials(
  registry: string,
  repository: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<CredentialSearch> {
  const notes: string[] = [];
  for (const path of authFiles(environment)) {
    const document = await readAuthFile(path, notes);
    if (!document) continue;
    const credentials = await searchDocument(document, registry, repository, { environment, notes, signal });
    if (credentials) return { credentials, notes };
  }
  return { notes };
}

function authFiles(environment: Environment): string[] {
  const home = environment['HOME'] ?? homedir();
  const {
    REGISTRY_AUTH_FILE: chosen,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: config,
    DOCKER_CONFIG: docker,
  } = environment;
  if (chosen) return [chosen];
  return [
    ...(runtime ? [join(runtime, 'containers/auth.json')] : [`/run/containers/${process.getuid?.() ?? 0}/auth.json`]),
    join(config || join(home, '.config'), 'containers/auth.json'),
    join(docker || join(home, '.docker'), 'config.json'),
  ];
}

async function readAuthFile(path: string, notes: string[]): Promise<JsonObject | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  const bytes = stats.size > MAX_FILE_BYTES ? undefined : await readFile(path).catch(() => undefined);
  const document = bytes && parseJsonObject(bytes);
  if (document?.ok) return document.value;
  notes.push(`${path} could not be read as a login file`);
  return undefined;
}

interface SearchContext {
  readonly environment: Environment;
  readonly notes: string[];
  readonly signal: AbortSignal;
}

async function searchDocument(
  document: JsonObject,
  registry: string,
  repository: string,
  context: SearchContext,
): Promise<Credentials | undefined> {
  const helpers = asObject(document['credHelpers']);
  const names = hostNames(registry);
  const own = names.map((name) => asText(helpers[name])).find((helper) => helper !== undefined);
  if (own !== undefined) return askHelper(own, registry, context);
  const stored = searchAuths(asObject(document['auths']), [...namespaces(registry, repository), ...names]);
  if (stored) return stored;
  const general = asText(document['credsStore']);
  return general === undefined ? undefined : askHelper(general, registry, context);
}

/** Docker Hub goes by several names; `docker login` writes the first. */
function hostNames(registry: string): string[] {
  return registry === 'docker.io'
    ? ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io', 'registry-1.docker.io']
    : [registry];
}

/** `host/a/b`, `host/a`: Podman keeps logins for parts of a registry. */
function namespaces(registry: string, repository: string): string[] {
  const parts = repository.split('/');
  return parts.map((_, index) => [registry, ...parts.slice(0, parts.length - index)].join('/'));
}

function searchAuths(auths: JsonObject, names: readonly string[]): Credentials | undefined {
  const byName = new Map<string, unknown>();
  for (const [key, value] of Object.entries(auths)) {
    byName.set(key, value);
    byName.set(bareName(key), value);
  }
  for (const name of names) {
    const credentials = parseAuth(asObject(byName.get(name)));
    if (credentials) return credentials;
  }
  return undefined;
}

/** Older tools wrote addresses: `https://registry.example/v2/`. */
function bareName(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '');
}

function parseAuth(entry: JsonObject): Credentials | undefined {
  const identity = asText(entry['identitytoken']);
  if (identity !== undefined) return { kind: 'identity-token', token: identity };
  const registryToken = asText(entry['registrytoken']);
  if (registryToken !== undefined) return { kind: 'registry-token', token: registryToken };
  const pair = Buffer.from(asText(entry['auth']) ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = pair.indexOf(':');
  if (colon > 0) return { kind: 'password', username: pair.slice(0, colon), password: pair.slice(colon + 1) };
  const username = asText(entry['username']);
  const password = asText(entry['password']);
  return username === undefined || password === undefined ? undefined : { kind: 'password', username, password };
}

async function askHelper(
  helper: string,
  registry: string,
  { environment, notes, signal }: SearchContext,
): Promise<Credentials | undefined> {
  const server = hostNames(registry)[0] ?? registry;
  const answer = await askCredentialHelper(helper, server, environment, signal);
  if (!answer.ok) {
    notes.push(answer.error);
    return undefined;
  }
  if (answer.value === 'none') return undefined;
  const { username, secret } = answer.value;
  // The helpers' way to say that the secret is an identity token.
  return username === '<token>'
    ? { kind: 'identity-token', token: secret }
    : { kind: 'password', username, password: secret };
}
