import { asMembers, entriesOf, type Members, parseJson, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../cataloger.ts';
import type { Asked, AskedName } from './manifest.ts';
import { isInsideOf } from './places.ts';

/** True for the `package.json` of a project, and for none that came with a package. */
export function isProjectManifest(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path) && !isInsideOf(path, 'node_modules', 'bower_components');
}

export function parseProjectManifest(file: InputFile): Asked | undefined {
  const document = parseJson(file);
  const manifest = document.ok ? asMembers(document.value) : undefined;
  if (manifest === undefined) return undefined;
  const asked = {
    runtime: [...namesIn(manifest, 'dependencies'), ...namesIn(manifest, 'peerDependencies')],
    optional: namesIn(manifest, 'optionalDependencies'),
    development: namesIn(manifest, 'devDependencies'),
  };
  const workspaces = manifest['workspaces'];
  const globs = textsOf(Array.isArray(workspaces) ? workspaces : asMembers(workspaces)?.['packages']);
  if (globs.length > 0) return { ...asked, isWorkspace: true };
  return asked.runtime.length + asked.optional.length + asked.development.length > 0 ? asked : undefined;
}

const MAX_NAMES = 20_000;
const MAX_LENGTH = 300;

function namesIn(manifest: Members, kind: string): AskedName[] {
  return entriesOf(manifest[kind])
    .slice(0, MAX_NAMES)
    .flatMap(([name, range]) =>
      typeof range === 'string' && name.length <= MAX_LENGTH && range.length <= MAX_LENGTH ? [[name, range]] : [],
    );
}
