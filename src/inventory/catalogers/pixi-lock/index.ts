import { asList, asText, memberOf, parseYaml, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { normalisedName, parseRequirement } from '../python-requirement.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector, recordCataloger, reference } from '../records.ts';

/** What pixi resolved for the environments of a project. */
export const pixiLock = recordCataloger({
  id: 'pixi-lock',
  title: 'Conda and Python packages in pixi.lock',
  references: ['https://pixi.prefix.dev/latest/workspace/lockfile/'],
  maturity: 'stable',
  type: 'conda',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'pixi.lock', maxBytes: 32 * 1024 * 1024 }],
  parse,
});

interface Item {
  readonly record: PackageRecord;
  readonly needs: readonly string[];
}

/**
 * One list of all packages. Since version 6 an item is `conda: <url>` or `pypi: <url>`, and of a conda package the name of the
 * archive has name and version; before, `kind: conda` with both written.
 */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'pixi-lock', 'pixi lock file');
  const document = parseYaml(file);
  const list = document.ok ? asList(memberOf(document.value.documents[0], 'packages')) : undefined;
  if (list === undefined) collector.unreadable(document.ok ? 'has no packages' : document.error);
  const items = (list ?? []).flatMap((value) => itemOf(value, collector));
  const known = Map.groupBy(items, ({ record }) => keyOf(record.name, record.type === 'pypi'));
  for (const { record, needs } of items) {
    const found = needs.flatMap((need) => known.get(keyOf(need, record.type === 'pypi')) ?? []);
    collector.add({
      ...record,
      dependencies: [...new Set(found.map((item) => reference(item.record)))].slice(0, MAX_NEEDS),
    });
  }
  return collector.result();
}

const MAX_NEEDS = 2000;

function keyOf(name: string, isPython: boolean): string {
  return isPython ? `pypi\0${normalisedName(name)}` : name;
}

function itemOf(value: unknown, collector: RecordCollector): Item[] {
  const text = (member: string) => asText(memberOf(value, member));
  const isPython = text('pypi') !== undefined || text('kind') === 'pypi';
  const url = text('conda') ?? text('url') ?? '';
  const [, channel, fromUrl, versionFromUrl] =
    /^https?:\/\/[^/]{1,200}\/(.{1,200})\/[^/]{1,100}\/([^/]{1,200})-([^/-]{1,100})-[^/-]{1,100}\.(?:conda|tar\.bz2)$/.exec(
      url,
    ) ?? [];
  const [name, version] = [text('name') ?? fromUrl, text('version') ?? versionFromUrl];
  if (name === undefined || version === undefined) {
    // A folder of the project's own has neither.
    if (!/^[./]/.test(text('pypi') ?? text('conda') ?? '')) collector.unusable(url);
    return [];
  }
  const needs = isPython
    ? textsOf(memberOf(value, 'requires_dist') ?? []).flatMap((need) => parseRequirement(need)?.name ?? [])
    : textsOf(memberOf(value, 'depends') ?? []).map((need) => need.split(/[\s=<>!~[]/, 1)[0] ?? '');
  const licence = text('license');
  const record = { name, version, ...(licence && { licences: [licence] }) };
  if (isPython) return [{ record: { ...record, type: 'pypi' }, needs }];
  return [{ record: { ...record, ...(channel && { qualifiers: { channel } }) }, needs }];
}
