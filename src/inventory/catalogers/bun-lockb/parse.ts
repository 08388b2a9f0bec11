import type { InputFile } from '../../cataloger.ts';
import { scopesFrom } from '../graph.ts';
import { isInsideOf } from '../places.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';
import { BEHAVIOUR, type BinaryPackage, parseBinaryLock } from './binary.ts';

export function parseBunLockb(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'bun-lockb', 'binary lock file of Bun');
  if (isInsideOf(file.path, 'node_modules')) return collector.result();
  const packages = parseBinaryLock(file);
  if (packages.ok) addAll(packages.value, collector);
  else collector.unreadable(packages.error);
  return collector.result();
}

/** Members of the workspace are projects: what they ask for is asked for by name. */
function addAll(packages: readonly BinaryPackage[], collector: RecordCollector): void {
  const asked = packages.filter(({ place }) => place === 'project').flatMap(({ needs }) => needs);
  const needed = (is: (behaviour: number) => boolean) =>
    asked.filter(({ behaviour }) => is(behaviour)).map(({ at }) => String(at));
  const isDevelopment = (behaviour: number) => (behaviour & BEHAVIOUR.development) !== 0;
  const isOptional = (behaviour: number) => (behaviour & (BEHAVIOUR.optional | BEHAVIOUR.peer)) !== 0;
  const roots = {
    runtime: needed((behaviour) => !isDevelopment(behaviour) && !isOptional(behaviour)),
    optional: needed((behaviour) => !isDevelopment(behaviour) && isOptional(behaviour)),
    development: needed(isDevelopment),
  };
  const direct = new Set(asked.map(({ at }) => at));
  const scopes = scopesFrom(roots, (id) => {
    const found = packages[Number(id)];
    return found === undefined || found.place === 'project' ? [] : found.needs.map(({ at }) => String(at));
  });
  for (const [index, { name, version, place, needs }] of packages.entries()) {
    if (place === 'project') continue;
    const scope = scopes.get(String(index));
    collector.add({
      name,
      version,
      relation: direct.has(index) ? 'direct' : 'transitive',
      dependencies: needs.flatMap(({ at }) => packages[at] ?? []).map(reference),
      ...(scope && scope !== 'runtime' && { scope }),
    });
  }
}
