import { posix } from 'node:path';
import { memberOf } from '#foundation/documents/index.ts';
import { parseYamlDocuments } from '#manifests/index.ts';
import type { CheckReading } from './check-files.ts';
import { projectOf } from './file-kind.ts';

const MEMBERS = ['patches', 'patchesStrategicMerge', 'patchesJson6902'];

/** Paths of what kustomizations name as patches: such a file says what changes of an object, and lacks what is not changed. */
export function patchesAmong(readings: readonly CheckReading[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { path, fragment } of readings)
    if (projectOf(path) === 'a kustomization')
      for (const named of namedIn(fragment.text)) paths.add(posix.join(posix.dirname(path), named));
  return paths;
}

function* namedIn(text: string): Iterable<string> {
  for (const { value } of parseYamlDocuments(text).documents)
    for (const member of MEMBERS) {
      const list = memberOf(value, member);
      if (!Array.isArray(list)) continue;
      for (const patch of list) {
        const named = typeof patch === 'string' ? patch : memberOf(patch, 'path');
        if (typeof named === 'string' && !named.includes('\n')) yield named;
      }
    }
}
