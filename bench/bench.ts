// Measures Plimsoll against the limits of the machine and against peers, in one run, as ratios. `npm run bench -- --help`.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchImages, describeImages } from './images.ts';
import { manifestDirectory } from './manifests.ts';
import { type Command, type Figures, interleave } from './measure.ts';
import { installedPeers } from './peers.ts';

const HELP = `npm run bench -- [--runs N] [--only WORD] [--write]
  --runs N     counted runs of each command (default 5)
  --only WORD  scenarios whose name contains the word
  --write      put the table into bench/README.md
Needs mmdebstrap, tar, gzip and zstd; makes its images in bench/work (about 10 GB while building).`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const root = join(import.meta.dirname, '..');
const work = join(import.meta.dirname, 'work');
const images = benchImages(work);
const emptyHome = join(work, 'home');

interface Scenario {
  readonly name: string;
  /** What is measured first; ratios are ours : theirs. */
  readonly ours: Command;
  readonly theirs: Command;
  readonly theirName: string;
  readonly goal: string;
}

/** The scan that part of the goals is set for: packages of the distribution, nothing else. */
const systemPackages = ['sbom', '-q', '--no-cache', '--package-types', 'system'];
const everything = ['scan', '-q', '--no-cache', '--scanners', 'secret,malware', '--format', 'json'];

const nothing: Command = plimsoll(['--version']);
const scenarios: readonly Scenario[] = [
  against('gzip, one layer', [`oci:${images.oneGzipLayer}`], gunzip(images.gzip), 'gzip -dc', '0.5x'),
  against('gzip, four layers', [`oci:${images.fourGzipLayers}`], gunzip(images.gzip), 'gzip -dc', '0.35x'),
  against(
    'zstd, one layer',
    [`oci:${images.oneZstdLayer}`],
    { argv: ['zstd', '-dc', images.zstd] },
    'zstd -dc',
    '1.3x',
  ),
  against('docker-archive, uncompressed', [`archive:${images.dockerArchive}`], nothing, 'start-up', '+0.5 s'),
  against('root file system', [`rootfs:${images.rootfs}`], nothing, 'start-up', '+0.5 s'),
  besides('all catalogers, secrets and malware, one gzip layer', `oci:${images.oneGzipLayer}`),
  besides('all catalogers, secrets and malware, four gzip layers', `oci:${images.fourGzipLayers}`),
  besides('all catalogers, secrets and malware, docker-archive', `archive:${images.dockerArchive}`),
  {
    name: 'layers cached',
    ours: plimsoll(['sbom', '-q', `oci:${images.fourGzipLayers}`]),
    theirs: nothing,
    theirName: 'start-up',
    goal: '0.3 s',
  },
  against(
    'ten times larger, one gzip layer',
    [`oci:${images.tenfold}`],
    plimsoll([...systemPackages, `oci:${images.oneGzipLayer}`]),
    'the plain image',
    'same memory',
  ),
  manifests('10,000 manifests, all checks', []),
  manifests(
    '10,000 manifests, all checks and policies',
    readdirSync(join(root, 'content/policies')).flatMap((pack) => ['--policy', pack]),
  ),
  {
    name: 'start-up',
    ours: nothing,
    theirs: { argv: [process.execPath, '-e', '0'] },
    theirName: 'node -e 0',
    goal: '80 ms',
  },
  ...(await installedPeers(work)).map(
    (peer): Scenario =>
      against(
        `${peer.name}, docker-archive`,
        [`archive:${images.dockerArchive}`],
        peer.inventory(images.dockerArchive),
        peer.name,
        '0.35x',
      ),
  ),
];

rmSync(emptyHome, { recursive: true, force: true });
mkdirSync(emptyHome, { recursive: true });
const lines = [
  '| scenario | Plimsoll | user | MB | beside it | | user | MB | ratio | memory | goal |',
  '|---|---|---|---|---|---|---|---|---|---|---|',
];
for (const scenario of scenarios.filter(({ name }) => name.includes(values.only))) {
  const [ours, theirs] = await interleave([scenario.ours, scenario.theirs], Number(values.runs));
  if (ours && theirs) lines.push(row(scenario, ours, theirs));
  console.error(lines.at(-1));
}
const table = `${describeImages(images)}; medians of ${values.runs} runs in turn, whole processes.\n\n${lines.join('\n')}\n`;
console.log(table);
if (values.write) writeTable(table);

function against(name: string, target: readonly string[], theirs: Command, theirName: string, goal: string): Scenario {
  return { name, ours: plimsoll([...systemPackages, ...target]), theirs, theirName, goal };
}

/** What all that is looked for costs beside the packages of the distribution alone. */
function besides(name: string, target: string): Scenario {
  const theirs = plimsoll([...systemPackages, target]);
  return { name, ours: plimsoll([...everything, target]), theirs, theirName: 'system packages', goal: '1.5x' };
}

/** Ten times the files for ten times the time. */
function manifests(name: string, options: readonly string[]): Scenario {
  const scan = (files: number): Command => ({
    ...plimsoll(['scan', '-q', '--scanners', 'misconfiguration', '--format', 'json', ...options, directory(files)]),
    accepts: [0, 1],
  });
  const directory = (files: number) => `dir:${manifestDirectory(work, files)}`;
  return { name, ours: scan(10_000), theirs: scan(1000), theirName: '1,000 of them', goal: '10 s, 10x' };
}

function plimsoll(args: readonly string[]): Command {
  const argv = [process.execPath, join(root, 'dist/plimsoll.js'), ...args];
  return { argv, env: { PLIMSOLL_CACHE_DIR: join(emptyHome, 'cache') } };
}

function gunzip(file: string): Command {
  return { argv: ['gzip', '-dc', file] };
}

function row({ name, theirName, goal }: Scenario, ours: Figures, theirs: Figures): string {
  const seconds = (time: number) => `${time.toFixed(time < 0.2 ? 3 : 2)} s`;
  const cells = [
    name,
    seconds(ours.wall),
    seconds(ours.user),
    ours.peakMb.toFixed(0),
    theirName,
    seconds(theirs.wall),
    seconds(theirs.user),
    theirs.peakMb.toFixed(0),
    `${(ours.wall / theirs.wall).toFixed(2)}x`,
    `${(ours.peakMb / theirs.peakMb).toFixed(2)}x`,
    goal,
  ];
  return `| ${cells.join(' | ')} |`;
}

function writeTable(text: string): void {
  const file = join(import.meta.dirname, 'README.md');
  const marks = ['<!-- figures -->', '<!-- /figures -->'] as const;
  const page = existsSync(file) ? readFileSync(file, 'utf8') : marks.join('\n');
  const [before = ''] = page.split(marks[0]);
  const after = page.split(marks[1])[1] ?? '\n';
  writeFileSync(file, `${before}${marks[0]}\n${text}${marks[1]}${after}`);
}
