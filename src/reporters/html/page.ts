import { createHash } from 'node:crypto';
import { escapeHtml } from './markup.ts';

/** What runs and what styles a page in the browser. */
export interface Assets {
  readonly style: string;
  readonly script: string;
}

/** The policy that allows these two and nothing else: no network, no other script, no form, no frame. */
function contentSecurityPolicy({ style, script }: Assets): string {
  return [
    "default-src 'none'",
    `style-src '${hashSource(style)}'`,
    `script-src '${hashSource(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function hashSource(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Everything before the masthead of a page that stands alone. */
export function pageStart(title: string, assets: Assets): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(assets)).replaceAll('&#39;', "'")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='10' fill='none' stroke='%230a5fa8' stroke-width='3'/%3E%3Cpath d='M1 16h30' stroke='%230a5fa8' stroke-width='3'/%3E%3C/svg%3E">
<style>${assets.style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
`;
}

/** Everything behind what a page shows. */
export function pageEnd({ script }: Assets): string {
  return `<script type="module">${script}</script>\n</body>\n</html>\n`;
}
