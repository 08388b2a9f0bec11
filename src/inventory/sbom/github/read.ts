import { asMembers, asText, entriesOf, type Members, textsOf } from '#foundation/documents/index.ts';
import { SbomCollector } from '../collector.ts';
import type { SbomDocument } from '../document.ts';

/** Reads what is submitted to GitHub's dependency graph. https://docs.github.com/en/rest/dependency-graph/dependency-submission */
export function readGithubSnapshot(root: Members): SbomDocument {
  const collector = new SbomCollector();
  for (const [key, value] of entriesOf(root['manifests'])) addManifest(collector, key, asMembers(value) ?? {});
  const detector = asMembers(root['detector']);
  return collector.result({
    format: 'GitHub dependency snapshot',
    version: '',
    encoding: 'JSON',
    id: asText(root['sha']),
    created: asText(root['scanned']),
    tools: [[asText(detector?.['name']) ?? 'unknown', asText(detector?.['version'])].filter(Boolean).join(' ')],
  });
}

function addManifest(collector: SbomCollector, key: string, manifest: Members): void {
  const place = asText(asMembers(manifest['file'])?.['source_location']) ?? asText(manifest['name']) ?? key;
  // Dependencies are named by their keys, which hold within a manifest only.
  const refOf = (name: string): string => `${key}\0${name}`;
  for (const [name, value] of entriesOf(manifest['resolved'])) {
    const resolved = asMembers(value) ?? {};
    const purl = asText(resolved['package_url']);
    collector.add({
      ref: refOf(name),
      kind: 'package',
      name: purl ?? name,
      purl,
      scope: scopes.get(asText(resolved['scope']) ?? ''),
      places: [place],
      properties: relationOf(asText(resolved['relationship'])),
    });
    collector.needs(refOf(name), textsOf(resolved['dependencies'] ?? []).map(refOf));
  }
}

const scopes = new Map([
  ['runtime', 'runtime' as const],
  ['development', 'development' as const],
]);

function relationOf(relationship: string | undefined): (readonly [string, string])[] {
  if (relationship !== 'direct' && relationship !== 'indirect') return [];
  return [['github:relationship', relationship]];
}
