import type { PathPattern } from '#artifact/index.ts';

/** Paths that a pattern asks for. Some files count only where a package manager puts them, others only elsewhere. */
export function examplePaths(pattern: PathPattern): string[] {
  if (pattern.kind === 'path') return [pattern.path];
  if (pattern.kind === 'directory') return [`${pattern.path}/sample${pattern.suffix}`];
  const under = pattern.kind === 'setuid' ? undefined : pattern.under;
  const places = under === undefined ? ['opt/app', 'opt/app/node_modules'] : [under];
  return places.map((place) => `${place}/${exampleName(pattern)}`);
}

function exampleName(pattern: PathPattern): string {
  if (pattern.kind === 'name') return `sample/${pattern.name}`;
  if (pattern.kind === 'suffix') return `sample${pattern.suffix}`;
  return pattern.kind === 'prefix' ? `sample/${pattern.prefix}3` : 'sample/program';
}
