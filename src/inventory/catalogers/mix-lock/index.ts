import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type Asked, type AskedName, lockCataloger } from '../manifest.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector, reference } from '../records.ts';

/** What Mix resolved for an Elixir project; the mix.exs beside it tells which of it by name. */
export const mixLock = lockCataloger({
  id: 'mix-lock',
  title: 'Elixir and Erlang packages in mix.lock',
  references: ['https://hexdocs.pm/mix/Mix.Tasks.Deps.html', 'https://hexdocs.pm/hex/Mix.Tasks.Hex.html'],
  maturity: 'stable',
  type: 'hex',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'mix.lock', maxBytes: 8 * 1024 * 1024 },
    { kind: 'name', name: 'mix.exs', maxBytes: 1024 * 1024 },
  ],
  parse,
  isManifest: (path) => path.endsWith('mix.exs'),
  parseAsked,
});

/** One package a line: `"app": {:hex, :name, "1.0.0", "checksum", [:mix], [{:need, ...}], "hexpm", ...},`. */
const HEX = /^\s*"([^"]+)": ?\{:hex, :"?([^",]+)"?, "([^"]+)"/;
const GIT = /^\s*"([^"]+)": ?\{:git, "([^"]+)", "([^"]+)"/;
const NEED = /\{:"?(\w+)"?, "[^"]*", \[/g;

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'mix-lock', 'Mix lock file');
  const records = new Map<string, PackageRecord & { readonly line: string }>();
  for (const line of linesOf(file.text())) {
    const app = /^\s*"([^"]+)":/.exec(line)?.[1];
    const record = parseLine(line);
    if (record !== undefined && app !== undefined) records.set(app, { ...record, line });
    else if (!/^\s*(?:%\{|\}|#|$)/.test(line)) collector.unusable(app);
  }
  for (const { line, ...record } of records.values()) {
    const needs = [...line.matchAll(NEED)].map(([, app = '']) => app);
    collector.add({ ...record, dependencies: needs.flatMap((app) => records.get(app) ?? []).map(reference) });
  }
  return collector.result();
}

function parseLine(line: string): PackageRecord | undefined {
  const [, , name, version] = HEX.exec(line) ?? [];
  if (name !== undefined && version !== undefined) return { name, version };
  const [, app, address, commit] = GIT.exec(line) ?? [];
  if (app === undefined || commit === undefined) return undefined;
  return { name: app, version: commit, qualifiers: { vcs_url: `git+${address}@${commit}` } };
}

/** `{:plug, "~> 1.0", only: [:dev, :test]}`: a program, of which only tuples with literals count. */
const ASKED = /\{:(\w{1,100}),\s{0,20}(?:"[^"\n]{0,100}"|(?:git|github|path|hex|only|override):)([^{}]{0,500})\}/g;

function parseAsked(file: InputFile): Asked {
  const runtime: AskedName[] = [];
  const development: AskedName[] = [];
  for (const [whole, name = ''] of file.text().matchAll(ASKED)) {
    const only = /\bonly: ?\[?([^\]}]{0,100})/.exec(whole)?.[1];
    const isDevelopment = only !== undefined && !only.includes(':prod');
    (isDevelopment ? development : runtime).push([name, '']);
  }
  return { runtime, optional: [], development };
}
