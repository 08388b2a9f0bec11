import { createHash } from 'node:crypto';
import { checkRealm, parseChallenges } from '#artifact/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import type { Outbound, OutgoingAnswer } from '../outbound/index.ts';

export interface RegistryAccess {
  /** `https://registry.example` */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

/** The listing half of the OCI distribution interface, through the guard of outgoing requests. Errors are whole sentences. */
export interface RegistryClient {
  repositories(): Promise<Result<readonly string[]>>;
  tags(repository: string): Promise<Result<readonly string[]>>;
  /** What a tag names now; of an index where there is one. Undefined: nothing any more. */
  digest(repository: string, tag: string): Promise<Result<string | undefined>>;
}

const MAX_PAGES = 2000;
const PAGE = 200;
const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Loopback is reached without TLS only because the administrator opened its addresses. */
export function createRegistryClient(access: RegistryAccess, outbound: Outbound, signal: AbortSignal): RegistryClient {
  const session = new Session(access, outbound, signal);
  return {
    repositories: () => session.list('/v2/_catalog', 'repositories', 'registry:catalog:*', REPOSITORY),
    tags: (repository) => session.list(`/v2/${repository}/tags/list`, 'tags', pulling(repository), TAG),
    async digest(repository, tag) {
      const answer = await session.get(`/v2/${repository}/manifests/${tag}`, pulling(repository), {
        accept: MANIFESTS,
      });
      if (!answer.ok) return answer;
      const { status, headers, body } = answer.value;
      if (status === 404) return ok(undefined);
      if (status !== 200) return err(`${session.host} answers ${status} for ${repository}:${tag}.`);
      const told = headers['docker-content-digest'];
      const digest = told ?? `sha256:${createHash('sha256').update(body).digest('hex')}`;
      return DIGEST.test(digest) ? ok(digest) : err(`${session.host} names no digest for ${repository}:${tag}.`);
    },
  };
}

function pulling(repository: string): string {
  return `repository:${repository}:pull`;
}

/** Requests with what the registry wants to see: nothing, a password, or a token that its token service gives. */
class Session {
  readonly #access: RegistryAccess;
  readonly #outbound: Outbound;
  readonly #signal: AbortSignal;
  readonly #authorizations = new Map<string, string>();

  constructor(access: RegistryAccess, outbound: Outbound, signal: AbortSignal) {
    this.#access = access;
    this.#outbound = outbound;
    this.#signal = signal;
  }

  get host(): string {
    return new URL(this.#access.url).host;
  }

  async list(path: string, member: string, scope: string, wanted: RegExp): Promise<Result<readonly string[]>> {
    const found = new Set<string>();
    let next: string | undefined = `${path}?n=${PAGE}`;
    for (let page = 0; next !== undefined; page++) {
      if (page === MAX_PAGES) return err(`${this.host} lists more than ${MAX_PAGES} pages of ${path}.`);
      const answer: Result<OutgoingAnswer> = await this.get(next, scope, {});
      if (!answer.ok) return answer;
      const { status, body, headers } = answer.value;
      // A repository whose last tag was removed is answered so by some.
      if (status === 404 && member === 'tags') return ok([]);
      if (status !== 200) return err(`${this.host} answers ${status} for ${path}.`);
      const listed = listIn(body, member);
      if (listed === undefined) return err(`${this.host} answers no list of ${member} for ${path}.`);
      for (const one of listed) if (wanted.test(one)) found.add(one);
      next = this.#nextPage(headers['link'], next);
    }
    return ok([...found]);
  }

  /** Of RFC 8288; only on the same server. */
  #nextPage(link: string | undefined, current: string): string | undefined {
    const target = /<([^<>]{1,4000})>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
    const url = target === undefined ? null : URL.parse(target, new URL(current, this.#access.url).href);
    if (url === null || url.origin !== new URL(this.#access.url).origin) return undefined;
    const next = `${url.pathname}${url.search}`;
    return next === current ? undefined : next;
  }

  async get(path: string, scope: string, headers: Readonly<Record<string, string>>): Promise<Result<OutgoingAnswer>> {
    const url = new URL(path, this.#access.url).href;
    const known = this.#authorizations.get(scope);
    const first = await this.#send(url, { ...headers, ...(known !== undefined && { authorization: known }) });
    if (!first.ok || first.value.status !== 401) return first;
    const authorization = await this.#authorize(first.value.headers['www-authenticate'], scope);
    if (!authorization.ok) return authorization;
    this.#authorizations.set(scope, authorization.value);
    const second = await this.#send(url, { ...headers, authorization: authorization.value });
    if (second.ok && (second.value.status === 401 || second.value.status === 403))
      return err(`${this.host} refuses the login for ${scope}: give another user or password.`);
    return second;
  }

  async #send(url: string, headers: Readonly<Record<string, string>>): Promise<Result<OutgoingAnswer>> {
    const answer = await this.#outbound.request({ method: 'GET', url, headers }, this.#signal);
    return answer.ok ? answer : err(answer.error.message);
  }

  async #authorize(header: string | undefined, scope: string): Promise<Result<string>> {
    const challenges = parseChallenges(header);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const basic = this.#basic();
    if (bearer === undefined)
      return basic === undefined ? err(`${this.host} wants a login: give a user and a password.`) : ok(basic);
    const realm = checkRealm(bearer.parameters['realm'], {
      registryHost: this.host,
      hasCredentials: basic !== undefined,
      plainHttp: this.#access.url.startsWith('http:'),
      allowedRealms: [],
    });
    if (!realm.ok) return err(`${this.host}: ${realm.error}.`);
    const { value: url } = realm;
    const service = bearer.parameters['service'];
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', scope);
    const answer = await this.#send(url.href, basic === undefined ? {} : { authorization: basic });
    if (!answer.ok) return answer;
    const token = tokenIn(answer.value.body);
    return token === undefined
      ? err(`The token service ${url.host} of ${this.host} gives no token (${answer.value.status}).`)
      : ok(`Bearer ${token}`);
  }

  #basic(): string | undefined {
    const { username, password } = this.#access;
    if (username === undefined || password === undefined) return undefined;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }
}

function membersOf(body: string): ReadonlyMap<string, unknown> {
  try {
    const document: unknown = JSON.parse(body);
    return new Map(typeof document === 'object' && document !== null ? Object.entries(document) : []);
  } catch {
    return new Map();
  }
}

function listIn(body: string, member: string): string[] | undefined {
  const listed = membersOf(body).get(member);
  if (listed === null) return [];
  return Array.isArray(listed) ? listed.filter((one): one is string => typeof one === 'string') : undefined;
}

function tokenIn(body: string): string | undefined {
  const members = membersOf(body);
  const token = members.get('token') ?? members.get('access_token');
  return typeof token === 'string' && /^[\x21-\x7e]{1,20000}$/.test(token) ? token : undefined;
}
