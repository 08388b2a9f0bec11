import type { InputFile } from '../../cataloger.ts';
import { withoutComments } from '../program-text.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** Archives and repositories that a Zig project is built with. They come from no registry: the address names them. */
export const zigZon = recordCataloger({
  id: 'zig-zon',
  title: 'Zig packages in build.zig.zon',
  references: ['https://codeberg.org/ziglang/zig/src/branch/master/doc/build.zig.zon.md'],
  maturity: 'stable',
  type: 'generic',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'build.zig.zon', maxBytes: 4 * 1024 * 1024 }],
  parse,
});

/** `.zap = .{ .url = "https://...", .hash = "zap-0.9.1-GoeB..." }`; one with a `path` lies beside the project. */
const DEPENDENCY = /\.(?:@"([^"\n]{1,200})"|([A-Za-z_]\w{0,200}))\s{0,20}=\s{0,20}\.\{([^{}]{0,2000})\}/g;

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'zig-zon', 'build.zig.zon');
  const text = withoutComments(file.text());
  for (const [, quoted, plain = '', body = ''] of text.matchAll(DEPENDENCY)) {
    const member = (name: string) => new RegExp(`\\.${name}\\s{0,20}=\\s{0,20}"([^"\\n]{1,1000})"`).exec(body)?.[1];
    const url = member('url');
    if (url === undefined) continue;
    const isRepository = url.startsWith('git+');
    const record = {
      name: quoted ?? plain,
      relation: 'direct',
      qualifiers: { [isRepository ? 'vcs_url' : 'download_url']: url },
    } as const;
    const version = versionIn(member('hash') ?? '', url);
    if (version === undefined) collector.unpinned(record);
    else collector.add({ ...record, version });
  }
  return collector.result();
}

/** Since Zig 0.14 the hash begins with name and version; otherwise a tag or a commit in the address tells. */
function versionIn(hash: string, url: string): string | undefined {
  const [, fromHash] = /^[A-Za-z_]\w{0,100}-(\d[\w.+-]{0,60})-[\w-]{20,80}$/.exec(hash) ?? [];
  const [, tag] =
    /\/(?:tags\/|releases\/download\/|archive\/)?v?(\d{1,9}\.\d[\w.-]{0,60}?)(?:\.tar\.\w{1,4}|\.zip|\/|$)/.exec(
      url.slice(-300),
    ) ?? [];
  const [, commit] = /[#/]([0-9a-f]{40})(?:\.tar\.\w{1,4}|\.zip|$)/.exec(url.slice(-300)) ?? [];
  return fromHash ?? tag ?? commit;
}
