import { err, ok, type Result } from '#foundation/index.ts';
import type { Distribution } from './distribution.ts';
import { isSystemPackage, type Package, type PackageType } from './package.ts';

/** A package URL, taken apart (https://github.com/package-url/purl-spec). Texts are decoded. */
export interface PackageUrl {
  /** Lower case: `deb`, `npm`. */
  readonly type: string;
  /** Segments joined by `/`: `debian`, `github.com/gorilla`. */
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  /** Keys in lower case. */
  readonly qualifiers: Readonly<Record<string, string>>;
  /** Path inside the package, no leading slash. */
  readonly subpath?: string;
}

/**
 * The package URL of a package. Those of a language have no distribution, wherever they lie.
 *
 * @example `pkg:npm/%40angular/core@17.0.0`, `pkg:maven/org.apache.commons/commons-text@1.9`
 * @example `pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl`
 * @example `pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1&upstream=openssl`
 */
export function packageUrl(pkg: Package, distribution?: Distribution): string {
  return isSystemPackage(pkg.type) ? systemPackageUrl(pkg, distribution) : languagePackageUrl(pkg);
}

function languagePackageUrl({ type, name, version, qualifiers = {} }: Package): string {
  return formatPackageUrl({ type, ...placeOf(type, name), ...(version && { version }), qualifiers });
}

/** Where a name of the ecosystem goes in the package URL; names of every other type are one part. */
function placeOf(type: Package['type'], whole: string): Pick<PackageUrl, 'namespace' | 'name' | 'subpath'> {
  switch (type) {
    case 'maven':
      return splitName(whole, whole.indexOf(':'));
    case 'npm':
    case 'composer':
    case 'elm':
    case 'hex':
    case 'huggingface':
    case 'luarocks':
    case 'pear':
    case 'terraform':
    case 'wordpress':
      return splitName(whole, whole.indexOf('/'));
    case 'brew':
    case 'docker':
    case 'golang':
    case 'swift':
      return splitName(whole, whole.lastIndexOf('/'));
    case 'cocoapods':
      return withSubpath(whole, whole.indexOf('/'));
    case 'github': {
      const { name, subpath } = withSubpath(whole, whole.indexOf('/', whole.indexOf('/') + 1));
      return { ...splitName(name, name.indexOf('/')), ...(subpath && { subpath }) };
    }
    default:
      return { name: whole };
  }
}

function splitName(whole: string, at: number): { readonly namespace?: string; readonly name: string } {
  return at <= 0 || at === whole.length - 1
    ? { name: whole }
    : { namespace: whole.slice(0, at), name: whole.slice(at + 1) };
}

function withSubpath(whole: string, at: number): { readonly name: string; readonly subpath?: string } {
  return at <= 0 ? { name: whole } : { name: whole.slice(0, at), subpath: whole.slice(at + 1) };
}

/**
 * The name of a package as its ecosystem writes it, from its package URL: what `packageUrl` took apart, put together again. The
 * vendor of a system package and the publisher of a distribution on CPAN or a recipe of Conan are no part of their names.
 *
 * @example packageName(`pkg:maven/org.apache.commons/commons-text@1.9`) is `org.apache.commons:commons-text`
 */
export function packageName(type: PackageType, { namespace, name, subpath }: PackageUrl): string {
  if ((isSystemPackage(type) && type !== 'ebuild') || type === 'cpan' || type === 'conan') return name;
  const whole = namespace === undefined ? name : `${namespace}${type === 'maven' ? ':' : '/'}${name}`;
  const isInside = type === 'cocoapods' || type === 'github' || type === 'golang';
  return isInside && subpath !== undefined ? `${whole}/${subpath}` : whole;
}

function systemPackageUrl(pkg: Package, distribution: Distribution | undefined): string {
  const epoch = pkg.type === 'rpm' ? /^(\d+):(.*)$/s.exec(pkg.version) : null;
  const version = epoch?.[2] ?? pkg.version;
  const qualifiers: Record<string, string> = {};
  for (const [key, value] of Object.entries(pkg.qualifiers ?? {})) qualifiers[key] = value;
  if (pkg.architecture) qualifiers['arch'] = pkg.architecture;
  if (distribution) qualifiers['distro'] = distroQualifier(distribution);
  if (epoch?.[1]) qualifiers['epoch'] = epoch[1];
  const upstream = upstreamQualifier(pkg, version);
  if (upstream) qualifiers['upstream'] = upstream;
  return formatPackageUrl({ type: pkg.type, ...systemPlaceOf(pkg, distribution), version, qualifiers });
}

/** The vendor is the namespace, but of Gentoo's packages their category is. */
function systemPlaceOf(
  { type, name }: Package,
  distribution: Distribution | undefined,
): Pick<PackageUrl, 'namespace' | 'name'> {
  if (type === 'ebuild') return splitName(name, name.indexOf('/'));
  const vendor = distribution?.id;
  return { name, ...(vendor === undefined ? {} : { namespace: NAMESPACE.get(vendor) ?? vendor }) };
}

/** Where the namespace that other tools write is not the os-release id. */
const NAMESPACE = new Map([
  ['rhel', 'redhat'],
  ['opensuse-leap', 'opensuse'],
  ['opensuse-tumbleweed', 'opensuse'],
  ['sles', 'suse'],
  ['sle-micro', 'suse'],
]);

/** The full release number for Alpine and rolling releases, as other tools write it; the release for the others. */
function distroQualifier({ id, version, pointRelease }: Distribution): string {
  const release = id === 'alpine' && version !== 'edge' ? (pointRelease ?? version) : (version ?? pointRelease);
  return release === undefined ? id : `${id}-${release}`;
}

/** `name` of the source, `name@version` where the version differs; nothing when both are the package's own. */
function upstreamQualifier({ name, source }: Package, version: string): string | undefined {
  if (source === undefined || (source.name === name && source.version === version)) return undefined;
  return source.version === version ? source.name : `${source.name}@${source.version}`;
}

/**
 * Types whose names the specification reads without regard to case. It says so of golang too, where it is wrong (module paths
 * differ in case: https://github.com/package-url/purl-spec/issues/308), and tools keep the case; so do we.
 */
const LOWER_CASE_NAMES = new Set([
  'bitbucket',
  'brew',
  'composer',
  'deb',
  'github',
  'otp',
  'pypi',
  'apk',
  'alpm',
  'hex',
  'luarocks',
  'oci',
  'pub',
]);
const LOWER_CASE_NAMESPACES = new Set([
  'bitbucket',
  'composer',
  'deb',
  'github',
  'rpm',
  'apk',
  'alpm',
  'hex',
  'luarocks',
]);

/** Writes the canonical form: normalised parts, sorted qualifiers, percent-encoding of everything the specification does not leave bare. */
export function formatPackageUrl(purl: PackageUrl): string {
  const { type, namespace, name, version, qualifiers, subpath } = normalised(purl);
  const path = [type, ...segments(namespace ?? '').map(encode), encode(name)].join('/');
  const query = Object.entries(qualifiers)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key.toLowerCase()}=${encode(value)}`)
    .join('&');
  const fragment = segments(subpath ?? '')
    .map(encode)
    .join('/');
  return `pkg:${path}${version ? `@${encode(version)}` : ''}${query && `?${query}`}${fragment && `#${fragment}`}`;
}

/**
 * Letters, digits and `.-_~:` stay bare; a version's `+` must not, it means a space to many readers. Half of a surrogate
 * pair, as cutting a text can leave it, has no encoding and becomes U+FFFD.
 */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/%3A/g, ':')
    .replace(/[!'()*]/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

const MAX_LENGTH = 8192;

/** Reads a package URL by the specification's steps, from the right: subpath, qualifiers, then scheme, type, version, name, namespace. */
export function parsePackageUrl(text: string): Result<PackageUrl> {
  if (text.length > MAX_LENGTH) return err(`a package URL of more than ${MAX_LENGTH} characters is not read`);
  const fail = (reason: string): Result<PackageUrl> => err(`not a package URL, ${reason}: ${text.slice(0, 160)}`);
  const [beforeHash, subpath = ''] = splitLast(text, '#');
  const [beforeQuery, query = ''] = splitLast(beforeHash, '?');
  const scheme = /^pkg:\/*/i.exec(beforeQuery);
  if (scheme === null) return fail('it does not start with pkg:');
  const path = beforeQuery.slice(scheme[0].length).replace(/\/+$/, '');
  const slash = path.indexOf('/');
  const type = path.slice(0, Math.max(0, slash));
  if (!/^[A-Za-z][A-Za-z0-9.+-]*$/.test(type)) return fail('its type is missing or not valid');
  const rest = path.slice(slash + 1);
  const at = rest.lastIndexOf('@');
  // An `@` before the last slash is the scope of an npm package that was not encoded, no version.
  const hasVersion = at > rest.lastIndexOf('/');
  const parts = decodeAll(segments(hasVersion ? rest.slice(0, at) : rest));
  const version = hasVersion ? decode(rest.slice(at + 1)) : '';
  const subpathParts = decodeAll(segments(subpath));
  if (!parts || version === undefined || !subpathParts) return fail('its percent-encoding is not valid');
  const qualifiers = parseQualifiers(query);
  if (!qualifiers) return fail('its qualifiers are not valid');
  const name = parts.pop();
  if (!name) return fail('its name is missing');
  return ok(
    normalised({
      type,
      ...(parts.length > 0 ? { namespace: parts.join('/') } : {}),
      name,
      ...(version === '' ? {} : { version }),
      qualifiers,
      subpath: subpathParts.join('/'),
    }),
  );
}

function parseQualifiers(query: string): Record<string, string> | undefined {
  const qualifiers: [string, string][] = [];
  for (const pair of query.split('&').filter(Boolean)) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, Math.max(0, equals)).toLowerCase();
    const value = decode(pair.slice(equals + 1));
    if (!/^[a-z][a-z0-9._-]*$/.test(key) || value === undefined) return undefined;
    if (qualifiers.some(([known]) => known === key)) return undefined;
    if (value !== '') qualifiers.push([key, value]);
  }
  return Object.fromEntries(qualifiers);
}

function normalised({ subpath, ...purl }: PackageUrl): PackageUrl {
  const type = purl.type.toLowerCase();
  const inside = subpathSegments(subpath ?? '').join('/');
  const name = LOWER_CASE_NAMES.has(type) ? purl.name.toLowerCase() : purl.name;
  const namespace = LOWER_CASE_NAMESPACES.has(type) ? purl.namespace?.toLowerCase() : purl.namespace;
  return {
    ...purl,
    type,
    ...(namespace ? { namespace } : {}),
    // PEP 503: `Zope.Interface`, `zope_interface` and `zope-interface` are one package.
    name: type === 'pypi' ? name.replace(/[-_.]+/g, '-') : name,
    ...(inside ? { subpath: inside } : {}),
  };
}

function splitLast(text: string, separator: string): [before: string, after?: string] {
  const at = text.lastIndexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function segments(path: string): string[] {
  return path.split('/').filter(Boolean);
}

/** `.` and `..` have no meaning in a subpath and must not get one in a file system. */
function subpathSegments(path: string): string[] {
  return segments(path).filter((segment) => segment !== '.' && segment !== '..');
}

/** An encoded slash separates like a bare one: scoped npm names are often written so, and nothing hides behind it. */
function decodeAll(texts: readonly string[]): string[] | undefined {
  const decoded = texts.map(decode).filter((text) => text !== undefined);
  return decoded.length === texts.length ? decoded.flatMap(segments) : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
