import { asList, asText, entriesOf, memberOf, parseYaml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { normalisedName } from '../python-requirement.ts';
import { type ParsedRecords, RecordCollector, recordCataloger, reference } from '../records.ts';

/** What conda-lock resolved for each platform. */
export const condaLock = recordCataloger({
  id: 'conda-lock',
  title: 'Conda and pip packages in conda-lock.yml',
  references: ['https://conda.github.io/conda-lock/output/'],
  maturity: 'stable',
  type: 'conda',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: 'conda-lock.yml', maxBytes: 32 * 1024 * 1024 },
    { kind: 'suffix', suffix: 'conda-lock.yaml', maxBytes: 32 * 1024 * 1024 },
  ],
  parse,
});

/** A list of packages, each for one platform and one of the managers `conda` and `pip`; what pip installs needs what pip installs. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'conda-lock', 'conda-lock file');
  const document = parseYaml(file);
  const list = document.ok ? asList(memberOf(document.value.documents[0], 'package')) : undefined;
  if (list === undefined) collector.unreadable(document.ok ? 'has no packages' : document.error);
  const items = (list ?? []).map((item) => new Item(item));
  const known = new Map(items.map((item) => [item.key(item.name), item]));
  for (const item of items) {
    const { name, version, isPip, scope, channel } = item;
    const dependencies = item.needs.flatMap((need) => known.get(item.key(need)) ?? []).map(reference);
    if (version === '') collector.unusable(name);
    else
      collector.add({
        name,
        version,
        dependencies,
        ...(isPip && { type: 'pypi' }),
        ...(scope && { scope }),
        ...(channel && !isPip && { qualifiers: { channel } }),
      });
  }
  return collector.result();
}

class Item {
  readonly name: string;
  readonly version: string;
  readonly isPip: boolean;
  readonly scope: 'development' | 'optional' | undefined;
  readonly channel: string | undefined;
  readonly needs: readonly string[];
  readonly #platform: string;

  constructor(value: unknown) {
    const text = (member: string) => asText(memberOf(value, member)) ?? '';
    this.name = text('name');
    this.version = text('version');
    this.isPip = text('manager') === 'pip';
    this.#platform = text('platform');
    const category = text('category');
    this.scope = /^(?:dev|development|test)$/.test(category)
      ? 'development'
      : text('optional') === 'true'
        ? 'optional'
        : undefined;
    // `https://conda.anaconda.org/conda-forge/linux-64/zlib-1.3.1-h4ab18f5_1.conda`
    this.channel = /^https?:\/\/[^/]{1,200}\/(.{1,200})\/[^/]{1,100}\/[^/]{1,300}$/.exec(text('url'))?.[1];
    this.needs = entriesOf(memberOf(value, 'dependencies')).map(([name]) => name);
  }

  key(name: string): string {
    return `${this.#platform}\0${this.isPip ? `pip\0${normalisedName(name)}` : name}`;
  }
}
