import { isIP } from 'node:net';
import { err, isLoopback, ok, type Result } from '#foundation/index.ts';

export interface RealmPolicy {
  /** Host (with port) of the registry that named the realm. */
  readonly registryHost: string;
  readonly hasCredentials: boolean;
  readonly plainHttp: boolean;
  readonly allowedRealms: readonly string[];
}

/** A domain name has 253 characters at most (RFC 1035), a port five. */
const MAX_HOST_LENGTH = 260;

/** Token services that live outside their registry's domain, as the registries document it. */
const KNOWN_PAIRS: ReadonlyMap<string, string> = new Map([
  ['registry-1.docker.io', 'auth.docker.io'],
  ['lscr.io', 'ghcr.io'],
  ['nvcr.io', 'authn.nvidia.com'],
  ['dhi.io', 'auth.docker.io'],
]);

/** Domains under which anybody can get a name; two names below them have nothing to do with each other. */
const SHARED_DOMAINS = new Set([
  'amazonaws.com',
  'azurecr.io',
  'azurewebsites.net',
  'cloudfront.net',
  'duckdns.org',
  'fly.dev',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'jfrog.io',
  'netlify.app',
  'ngrok.io',
  'ocir.io',
  'pages.dev',
  'pkg.dev',
  'quay.io',
  'run.app',
  'sslip.io',
  'nip.io',
  'trycloudflare.com',
  'vercel.app',
  'workers.dev',
]);

/** Second-level labels under which countries register domains: `co.uk`, `com.au`. */
const COUNTRY_SECOND_LEVEL = new Set(['ac', 'co', 'com', 'edu', 'gov', 'ne', 'net', 'or', 'org']);

/**
 * Decides whether a token may be asked for at the address that the registry named. The registry is not trusted here: a
 * hostile one would name its own service to collect the password, or a machine inside our network to have us call it.
 */
export function checkRealm(realm: string | undefined, policy: RealmPolicy): Result<URL> {
  const url = URL.parse(realm ?? '');
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '') {
    return err('the registry names no readable token service');
  }
  if (url.host.length > MAX_HOST_LENGTH) return err('the registry names a token service that no host can be called');
  const related = isRelated(url, policy);
  const loopbackBoth = isLoopback(url.hostname) && isLoopback(hostnameOf(policy.registryHost));
  if (url.protocol === 'http:' && !policy.plainHttp && !loopbackBoth) {
    return err(
      `its token service ${url.host} is on plain HTTP, where anybody on the way can read passwords and tokens; allow it with --plain-http if that is meant`,
    );
  }
  if (related) return ok(url);
  if (policy.hasCredentials) {
    return err(
      `it wants the password sent to ${url.host}, which does not look related to ${policy.registryHost}; if it is, allow it with --allow-realm ${url.hostname}`,
    );
  }
  if (isInternal(url.hostname))
    return err(
      `it sends us to ${url.host} for a token, an internal address; if that is meant, allow it with --allow-realm ${url.hostname}`,
    );
  return ok(url);
}

function isRelated(realm: URL, { registryHost, allowedRealms }: RealmPolicy): boolean {
  const registry = hostnameOf(registryHost);
  const host = realm.hostname.toLowerCase();
  if (host === registry || allowedRealms.some((allowed) => allowed.toLowerCase() === host || allowed === realm.host))
    return true;
  if (KNOWN_PAIRS.get(registry) === host) return true;
  if (isAddress(host) || isAddress(registry)) return false;
  const domain = ownedDomain(registry);
  return domain !== undefined && domain === ownedDomain(host);
}

/** The part of a name that one owner registered, as far as that can be told without the public suffix list: when in doubt, none. */
function ownedDomain(hostname: string): string | undefined {
  const labels = hostname.split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const wanted = top.length === 2 && COUNTRY_SECOND_LEVEL.has(second) ? 3 : 2;
  const domain = labels.slice(-wanted).join('.');
  return labels.length < wanted || SHARED_DOMAINS.has(domain) ? undefined : domain;
}

export function hostnameOf(hostWithPort: string): string {
  return URL.parse(`http://${hostWithPort}/`)?.hostname ?? hostWithPort;
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || isIP(hostname) !== 0;
}

/** Addresses and names that mean something else on every network. */
function isInternal(hostname: string): boolean {
  return isAddress(hostname) || !hostname.includes('.') || /\.(?:internal|local|localhost|localdomain)$/.test(hostname);
}
