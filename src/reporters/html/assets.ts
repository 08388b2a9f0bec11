import { createHash } from 'node:crypto';
import { script, style } from './browser-files.ts';

/** What runs and what styles the page in the browser. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  /** The policy that allows these two and nothing else: no network, no other script, no form, no frame. */
  readonly contentSecurityPolicy: string;
}

export function assets(): Assets {
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

function hashSource(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
