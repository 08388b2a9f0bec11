/** A login for a repository, as apt_auth.conf(5) writes it: `machine mirror.example/debian login reader password secret`. */
export interface RepositoryLogin {
  /** `https:` unless the entry names another; credentials never go over plain HTTP by accident. */
  readonly protocol: string;
  /** Host with port, if any. */
  readonly host: string;
  /** Path prefix, `/` for all. */
  readonly path: string;
  readonly login: string;
  readonly password: string;
}

const MAX_LOGINS = 200;

/** Reads one auth.conf file. Entries without login and password are passed over. */
export function parseLogins(text: string): RepositoryLogin[] {
  const logins: RepositoryLogin[] = [];
  const tokens = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .split(/\s+/);
  let machine = '';
  let login = '';
  for (let index = 0; index + 1 < tokens.length && logins.length < MAX_LOGINS; index += 1) {
    const value = tokens[index + 1] ?? '';
    if (tokens[index] === 'machine') {
      machine = value;
      login = '';
    } else if (tokens[index] === 'login') {
      login = value;
    } else if (tokens[index] === 'password' && machine !== '' && login !== '') {
      logins.push(toLogin(machine, login, value));
    } else {
      continue;
    }
    index += 1;
  }
  return logins;
}

function toLogin(machine: string, login: string, password: string): RepositoryLogin {
  const scheme = /^([a-z+]+):\/\//.exec(machine)?.[1];
  const rest = scheme === undefined ? machine : machine.slice(scheme.length + 3);
  const slash = rest.indexOf('/');
  const host = slash < 0 ? rest : rest.slice(0, slash);
  return { protocol: `${scheme ?? 'https'}:`, host, path: slash < 0 ? '/' : rest.slice(slash), login, password };
}

/** The address with the login that belongs to it; unchanged when it has one already or none fits. */
export function withLogin(url: string, logins: readonly RepositoryLogin[]): string {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '') return url;
  const fitting = logins.find(
    ({ protocol, host, path }) =>
      parsed.protocol === protocol &&
      (parsed.host === host || parsed.hostname === host) &&
      isBelow(parsed.pathname, path),
  );
  if (fitting === undefined) return url;
  parsed.username = encodeURIComponent(fitting.login);
  parsed.password = encodeURIComponent(fitting.password);
  return parsed.href;
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}
