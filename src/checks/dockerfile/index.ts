export { dockerfileChecks } from './checks.ts';
export type { Command } from './document.ts';
export { parseDockerfile } from './parse/index.ts';
export { scriptsFromNetwork } from './shell/download.ts';
export { parseShell } from './shell/parse.ts';
