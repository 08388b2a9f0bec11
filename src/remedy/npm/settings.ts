/**
 * What of a project's .npmrc is passed to npm. All else stays behind: settings can name programs to run (`git`, `script-shell`,
 * `node-options`, `init-module`), where secrets are sent (`proxy`, `_authToken=${TOKEN}`) and where files are written (`prefix`, `cache`).
 * Logins come from the user's own .npmrc, which npm reads itself. https://docs.npmjs.com/cli/using-npm/config
 */
const passed = new Set([
  'before',
  'engine-strict',
  'global-style',
  'install-links',
  'install-strategy',
  'legacy-bundling',
  'legacy-peer-deps',
  'min-release-age',
  'omit-lockfile-registry-resolved',
  'prefer-dedupe',
  'registry',
  'replace-registry-host',
  'strict-peer-deps',
]);

export interface PassedSettings {
  readonly text: string;
  /** Names of what was left behind, each once. */
  readonly dropped: readonly string[];
}

export function passedSettings(text: string): PassedSettings {
  const kept: string[] = [];
  const dropped = new Set<string>();
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    if (/^\s*(?:[;#]|$)/.test(line)) continue;
    const [key = '', ...rest] = line.split('=');
    const name = key.trim();
    const value = rest.join('=').trim();
    if (isPassed(name, value)) kept.push(`${name}=${value}`);
    else dropped.add(name.replace(/^\/\/.*:/, '').slice(0, 100));
  }
  return { text: kept.map((line) => `${line}\n`).join(''), dropped: [...dropped] };
}

function isPassed(name: string, value: string): boolean {
  if (/[$"'`\\]/.test(value)) return false;
  if (name === 'registry' || /^@[a-z0-9][\w.-]{0,100}:registry$/i.test(name)) return isRegistry(value);
  return passed.has(name) && /^[\w.:+-]{0,100}$/.test(value);
}

/** Without a login in it, and not readable on its way. */
function isRegistry(value: string): boolean {
  const url = URL.parse(value);
  if (url?.username !== '' || url.password !== '') return false;
  const isHere = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}
