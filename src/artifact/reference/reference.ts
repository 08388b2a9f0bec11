import { err, ok, type Result } from '#foundation/index.ts';
import { type Digest, parseDigest } from '#model/index.ts';

/** The name of an image in a registry, normalised as Docker does: `debian` is `docker.io/library/debian:latest`. */
export interface ImageReference {
  /** Host with port where one was given: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  /** Stronger than the tag: with both, the digest decides what is fetched. */
  readonly digest?: Digest;
}

const MAX_NAME_LENGTH = 255;
const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/;
const PORT = /^[0-9]{1,5}$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;

/**
 * Reads `[registry/]repository[:tag][@digest]`. The first part is a registry when it holds a dot or colon, is
 * `localhost`, or has a capital letter; everything else lives on Docker Hub.
 */
export function parseReference(text: string): Result<ImageReference> {
  const bad = (reason: string) => err(`not an image reference: ${JSON.stringify(text.slice(0, 300))} (${reason})`);
  const parts = splitReference(text);
  const digest = parts.digest === undefined ? undefined : parseDigest(parts.digest);
  if (digest && !digest.ok) return bad('what follows the @ is no sha256 or sha512 digest');
  const { registry, repository } = splitRegistry(parts.name);
  const reason = nameFault(registry, repository, parts.tag);
  if (reason !== undefined) return bad(reason);
  const tag = parts.tag ?? (digest ? undefined : 'latest');
  return ok({ registry, repository, ...(tag !== undefined && { tag }), ...(digest && { digest: digest.value }) });
}

export function renderReference({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Whether two texts name the same image: `alpine:3` and `docker.io/library/alpine:3` do. */
export function sameReference(a: string, b: string): boolean {
  const [left, right] = [parseReference(a), parseReference(b)];
  return left.ok && right.ok && renderReference(left.value) === renderReference(right.value);
}

function splitReference(text: string): { name: string; tag?: string; digest?: string } {
  const at = text.indexOf('@');
  const digest = at < 0 ? {} : { digest: text.slice(at + 1) };
  const rest = at < 0 ? text : text.slice(0, at);
  const colon = rest.lastIndexOf(':');
  // A colon before the last slash is the registry's port.
  if (colon <= rest.lastIndexOf('/')) return { name: rest, ...digest };
  return { name: rest.slice(0, colon), tag: rest.slice(colon + 1), ...digest };
}

function splitRegistry(name: string): { registry: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const named = first === 'localhost' || /[.:A-Z]/.test(first);
  const registry = named ? first : 'docker.io';
  const path = named ? name.slice(slash + 1) : name;
  if (registry !== 'docker.io' && registry !== 'index.docker.io') return { registry, repository: path };
  return { registry: 'docker.io', repository: path.includes('/') ? path : `library/${path}` };
}

function nameFault(registry: string, repository: string, tag: string | undefined): string | undefined {
  if (!isHostWithPort(registry)) return 'its registry is no host name';
  if (repository.length + registry.length + 1 > MAX_NAME_LENGTH)
    return `its name is longer than ${MAX_NAME_LENGTH} characters`;
  if (/[A-Z]/.test(repository)) return 'repository names are lower case';
  if (!repository.split('/').every((part) => COMPONENT.test(part)))
    return 'its repository name has a part that is empty or has other characters than a-z 0-9 . _ -';
  if (tag !== undefined && !TAG.test(tag))
    return 'its tag has other characters than letters, digits, _ . - or is longer than 128';
  return undefined;
}

/** Whether the text can stand as the registry part: a host name, an IPv4 or bracketed IPv6 address, with or without port. */
export function isHostWithPort(text: string): boolean {
  const bracket = /^\[[0-9a-fA-F:.]{2,45}\](?::([0-9]{1,5}))?$/.exec(text);
  if (bracket) return true;
  const [host = '', port, ...more] = text.split(':');
  return (
    more.length === 0 && text.length <= MAX_NAME_LENGTH && HOST.test(host) && (port === undefined || PORT.test(port))
  );
}
