import { EvaluationFault, MixedKeyMap, Opaque, type Value } from '../../values/value.ts';
import { global, member, type Overload } from '../function.ts';

interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

class Url extends Opaque {
  readonly typeName = 'kubernetes.URL';
  readonly text: string;
  readonly parts: UrlParts;
  constructor(text: string, parts: UrlParts) {
    super();
    this.text = text;
    this.parts = parts;
  }
  equals(other: Opaque): boolean {
    return other instanceof Url && other.text === this.text;
  }
  override toString(): string {
    return this.text;
  }
}

const MAX_URL = 8192;
const ABSOLUTE = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:[^@/?]*@)?([^/?]*))?([^?]*)(?:\?(.*))?$/;

/** An absolute address, or a path from the root, as the API server reads them. */
function parseUrl(text: string): Url | undefined {
  const found = text.length > MAX_URL || /[\u0000-\u0020\u007f]/.test(text) ? null : ABSOLUTE.exec(text);
  if (found === null) return undefined;
  const [, scheme = '', host = '', path = '', query = ''] = found;
  const isAbsolute = scheme !== '' || text.startsWith('/');
  const isHost = /^(?:\[[0-9a-fA-F:.]+\]|[^:[\]]*)(?::[0-9]*)?$/.test(host);
  const isEscaped = !/%(?![0-9a-fA-F]{2})/.test(path);
  return isAbsolute && isHost && isEscaped
    ? new Url(text, { scheme: scheme.toLowerCase(), host, path, query })
    : undefined;
}

function urlOf(text: string): Url {
  const url = parseUrl(text);
  if (url === undefined)
    throw new EvaluationFault(`URL parse error: ${JSON.stringify(text.slice(0, 80))} is no absolute URL`);
  return url;
}

function hostAndPort(host: string): readonly [host: string, port: string] {
  const [, bracketed, plain = '', port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(host) ?? [];
  return [bracketed ?? plain, port];
}

function escapedPath(path: string): string {
  return path.toWellFormed().replace(/[^A-Za-z0-9%\-._~!$&'()*+,;=:@/]/gu, (one) => encodeURIComponent(one));
}

function queryOf(query: string): Value {
  const map = new MixedKeyMap();
  const lists = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    const list = lists.get(name) ?? [];
    list.push(value);
    lists.set(name, list);
    map.set(name, list);
  }
  return map;
}

export const urls: readonly Overload[] = [
  global('url', 'string -> kubernetes.URL', urlOf),
  global('isURL', 'string -> bool', (text: string) => parseUrl(text) !== undefined),
  member('getScheme', 'kubernetes.URL -> string', ({ parts }: Url) => parts.scheme),
  member('getHost', 'kubernetes.URL -> string', ({ parts }: Url) => parts.host),
  member('getHostname', 'kubernetes.URL -> string', ({ parts }: Url) => hostAndPort(parts.host)[0]),
  member('getPort', 'kubernetes.URL -> string', ({ parts }: Url) => hostAndPort(parts.host)[1]),
  member('getEscapedPath', 'kubernetes.URL -> string', ({ parts }: Url) => escapedPath(parts.path)),
  member('getQuery', 'kubernetes.URL -> map(string, list(string))', ({ parts }: Url) => queryOf(parts.query)),
];
