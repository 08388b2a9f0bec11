import {
  asList,
  asMembers,
  asText,
  entriesOf,
  type Members,
  memberOf,
  parseJson,
} from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What C and C++ projects ask vcpkg for. Only overrides say which version; the others follow from the state of the registry. */
export const vcpkgManifest = recordCataloger({
  id: 'vcpkg-manifest',
  title: 'C and C++ libraries in vcpkg.json',
  references: ['https://learn.microsoft.com/en-us/vcpkg/reference/vcpkg-json'],
  maturity: 'stable',
  type: 'vcpkg',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'vcpkg.json', maxBytes: 4 * 1024 * 1024 }],
  parse,
});

/** In the registry (`ports/zlib/vcpkg.json`) and among what is installed lie the manifests of other packages. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'vcpkg-manifest', 'vcpkg manifest');
  if (/(?:^|\/)(?:ports|buildtrees|packages|share|scripts)\/[^/]+\/vcpkg\.json$/.test(file.path))
    return collector.result();
  const document = parseJson(file);
  const manifest = document.ok ? asMembers(document.value) : undefined;
  if (manifest === undefined) {
    collector.unreadable(document.ok ? 'is no JSON object' : document.error);
    return collector.result();
  }
  const overrides = overridesIn(manifest);
  addAll(manifest['dependencies'], overrides, false, collector);
  for (const [, feature] of entriesOf(manifest['features']))
    addAll(memberOf(feature, 'dependencies'), overrides, true, collector);
  return collector.result();
}

function overridesIn(manifest: Members): ReadonlyMap<string, Members> {
  return new Map(
    (asList(manifest['overrides']) ?? []).flatMap((item) => {
      const members = asMembers(item);
      const name = asText(members?.['name']);
      return members && name ? [[name, members] as const] : [];
    }),
  );
}

/** `"fmt"` or `{ "name": "fmt", "host": true }`; what is for the host is a tool of the build. */
function addAll(
  list: unknown,
  overrides: ReadonlyMap<string, Members>,
  isOptional: boolean,
  collector: RecordCollector,
): void {
  for (const item of asList(list) ?? []) {
    const name = asText(item) ?? asText(memberOf(item, 'name')) ?? '';
    const override = overrides.get(name);
    const version =
      asText(override?.['version']) ?? VERSION_KINDS.map((kind) => asText(override?.[kind])).find(Boolean);
    const scope: PackageScope = memberOf(item, 'host') === true ? 'development' : isOptional ? 'optional' : 'runtime';
    const record = { name, relation: 'direct', ...(scope !== 'runtime' && { scope }) } as const;
    if (version === undefined) collector.unpinned(record);
    else collector.add({ ...record, version: version.replace(/#\d+$/, ''), ...portVersion(override, version) });
  }
}

const VERSION_KINDS = ['version-string', 'version-semver', 'version-date'];

function portVersion(override: Members | undefined, version: string): { qualifiers?: { port_version: string } } {
  const port = /#(\d{1,9})$/.exec(version)?.[1] ?? String(override?.['port-version'] ?? '0');
  return /^[1-9]\d{0,8}$/.test(port) ? { qualifiers: { port_version: port } } : {};
}
