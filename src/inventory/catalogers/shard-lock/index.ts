import { asMembers, asText, entriesOf, memberOf, parseYaml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type Asked, type AskedName, lockCataloger } from '../manifest.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** What Shards resolved for a Crystal project; the shard.yml beside it tells which of it by name. */
export const shardLock = lockCataloger({
  id: 'shard-lock',
  title: 'Crystal shards in shard.lock',
  references: ['https://github.com/crystal-lang/shards/blob/master/docs/shard.yml.adoc'],
  maturity: 'stable',
  type: 'crystal',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'shard.lock', maxBytes: 8 * 1024 * 1024 },
    { kind: 'name', name: 'shard.yml', maxBytes: 1024 * 1024 },
  ],
  parse,
  isManifest: (path) => path.endsWith('shard.yml'),
  parseAsked,
});

/** A shard has a `version`, in the first form perhaps only a `commit`; `path` lies beside the project. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'shard-lock', 'lock file of Shards');
  const document = parseYaml(file);
  const shards = document.ok ? asMembers(memberOf(document.value.documents[0], 'shards')) : undefined;
  if (shards === undefined) collector.unreadable(document.ok ? 'has no shards' : document.error);
  for (const [name, shard] of entriesOf(shards)) {
    const version = asText(memberOf(shard, 'version')) ?? asText(memberOf(shard, 'commit')) ?? '';
    if (asText(memberOf(shard, 'path'))) continue;
    if (version === '') collector.unusable(name);
    else collector.add({ name, version, ...originOf(shard) });
  }
  return collector.result();
}

const HOSTS = ['github', 'gitlab', 'bitbucket'];

function originOf(shard: unknown): { qualifiers?: { vcs_url: string } } {
  const host = HOSTS.find((name) => asText(memberOf(shard, name)));
  const domain = host === 'bitbucket' ? 'bitbucket.org' : `${host}.com`;
  const short = host === undefined ? undefined : `https://${domain}/${asText(memberOf(shard, host))}.git`;
  const address = asText(memberOf(shard, 'git')) ?? short;
  return address === undefined ? {} : { qualifiers: { vcs_url: `git+${address}` } };
}

function parseAsked(file: InputFile): Asked | undefined {
  const document = parseYaml(file);
  if (!document.ok) return undefined;
  const names = (kind: string) =>
    entriesOf(memberOf(document.value.documents[0], kind)).map(([name]): AskedName => [name, '']);
  return { runtime: names('dependencies'), optional: [], development: names('development_dependencies') };
}
