import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { linkModules } from './link-modules.ts';

/** The script's modules, each after those that it imports. */
const scriptModules = [
  'elements',
  'address',
  'dataset',
  'filters',
  'listing',
  'details',
  'findings',
  'packages',
  'tabs',
  'report',
];

/** What runs and what styles the page in the browser. They are files of their own so that they are linted as what they are. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  /** The policy that allows these two and nothing else: no network, no other script, no form, no frame. */
  readonly contentSecurityPolicy: string;
}

let loaded: Assets | undefined;

/** Read once, and only when a page is rendered. */
export function assets(): Assets {
  loaded ??= load();
  return loaded;
}

function load(): Assets {
  const style = browserFile('report.css');
  const script = linkModules(scriptModules.map((name) => ({ name, text: browserFile(`${name}.js`) })));
  const contentSecurityPolicy = [
    "default-src 'none'",
    `style-src '${hashSource(style)}'`,
    `script-src '${hashSource(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  return { style, script, contentSecurityPolicy };
}

function browserFile(name: string): string {
  return readFileSync(new URL(`./browser/${name}`, import.meta.url), 'utf8');
}

function hashSource(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
