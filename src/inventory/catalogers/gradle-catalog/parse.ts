import { asText, entriesOf, memberOf, parseToml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

interface Entry {
  /** `group:artifact`. */
  readonly name: string;
  readonly version: unknown;
}

/** Libraries are `"group:artifact:version"` or a table; their version stands there or is the name of one in `[versions]`. */
export function parseCatalog(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'gradle-catalog', 'Gradle version catalog');
  const document = parseToml(file);
  if (!document.ok) {
    collector.unreadable(document.error);
    return collector.result();
  }
  const versions = memberOf(document.value, 'versions');
  const libraries = entriesOf(memberOf(document.value, 'libraries')).map(
    ([alias, value]) => [alias, libraryOf(value)] as const,
  );
  const plugins = entriesOf(memberOf(document.value, 'plugins')).map(
    ([alias, value]) => [alias, pluginOf(value)] as const,
  );
  for (const [alias, entry] of libraries) add(alias, entry, 'runtime');
  for (const [alias, entry] of plugins) add(alias, entry, 'development');
  return collector.result();

  function add(alias: string, entry: Entry | undefined, scope: 'runtime' | 'development'): void {
    const version = entry && pinned(entry.version, versions);
    if (entry === undefined) collector.unusable(alias);
    else if (version === undefined) collector.unpinned({ name: entry.name, scope, relation: 'direct' });
    else collector.add({ name: entry.name, version, scope, relation: 'direct' });
  }
}

function libraryOf(value: unknown): Entry | undefined {
  const short = asText(value)?.split(':');
  const [group, artifact, shortVersion] = short ??
    asText(memberOf(value, 'module'))?.split(':') ?? [
      asText(memberOf(value, 'group')),
      asText(memberOf(value, 'name')),
    ];
  if (!group || !artifact) return undefined;
  return { name: `${group}:${artifact}`, version: short ? shortVersion : memberOf(value, 'version') };
}

/** A plugin is found through an artifact of its name (https://docs.gradle.org/current/userguide/plugins.html#sec:plugin_markers). */
function pluginOf(value: unknown): Entry | undefined {
  const short = asText(value)?.split(':');
  const id = short ? short[0] : asText(memberOf(value, 'id'));
  if (!id) return undefined;
  return { name: `${id}:${id}.gradle.plugin`, version: short ? short[1] : memberOf(value, 'version') };
}

/** The version when it is one and no range. `strictly` and `require` name one, `prefer` only when nothing else does. */
function pinned(version: unknown, versions: unknown): string | undefined {
  const name = asText(memberOf(version, 'ref'));
  const written = name === undefined ? version : memberOf(versions, name);
  const text =
    asText(written) ?? ['strictly', 'require', 'prefer'].map((key) => asText(memberOf(written, key))).find(Boolean);
  const strict = text?.split('!!', 1)[0];
  return strict === undefined || strict === '' || /[[\](),+]|^latest\./.test(strict) ? undefined : strict;
}
