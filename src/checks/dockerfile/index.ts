export { dockerfileChecks } from './checks.ts';
export type { Command, Dockerfile, ShellWord, Stage } from './document.ts';
export { parseDockerfile } from './parse/index.ts';
export { scriptsFromNetwork } from './shell/download.ts';
export { packageCommand } from './shell/packages.ts';
export { parseShell } from './shell/parse.ts';
