export { dockerfileChecks } from './checks.ts';
export { parseDockerfile } from './parse/index.ts';
