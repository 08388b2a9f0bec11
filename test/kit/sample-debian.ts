import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type TarEntrySpec, tarOf } from './tar.ts';

/** A docker-archive of a two-layer Debian 12 image: the base brings `libkeel1`, the second layer adds `rudder`. */
export function sampleDebianArchive(): Buffer {
  return dockerArchive([osFiles, updateFiles]);
}

const osFiles: readonly TarEntrySpec[] = [
  {
    name: 'etc/os-release',
    body: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\n',
  },
  { name: 'var/lib/dpkg/status', body: stanza('libkeel1', 'keel (1.2-3)', '1.2-3+b1') },
];
const updateFiles: readonly TarEntrySpec[] = [
  {
    name: 'var/lib/dpkg/status',
    body: stanza('libkeel1', 'keel (1.2-3)', '1.2-3+b1') + stanza('rudder', 'rudder', '4.0-1'),
  },
];

function stanza(name: string, source: string, version: string): string {
  return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: ${source}\nVersion: ${version}\nMaintainer: Debian Shipwrights <ships@lists.debian.org>\n\n`;
}

function dockerArchive(layers: readonly (readonly TarEntrySpec[])[]): Buffer {
  const tars = layers.map((entries) => Buffer.from(tarOf(entries)));
  const diffIds = tars.map((tar) => `sha256:${createHash('sha256').update(tar).digest('hex')}`);
  const history = [{ created_by: 'ADD rootfs' }, { created_by: 'RUN install rudder' }];
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: diffIds },
    history,
  });
  const manifest = [{ Config: 'config.json', RepoTags: ['ship:1'], Layers: tars.map((_, index) => `${index}.tar`) }];
  return Buffer.from(
    tarOf([
      { name: 'manifest.json', body: JSON.stringify(manifest) },
      { name: 'config.json', body: config },
      ...tars.map((body, index) => ({ name: `${index}.tar`, body })),
    ]),
  );
}

/** Small feeds in the layout of a feed mirror: one fixed vulnerability and one that will not be fixed. */
export function writeSampleFeeds(directory: string): void {
  const release = (facts: object) => ({ releases: { bookworm: { repositories: { bookworm: '1.2-3' }, ...facts } } });
  const tracker = {
    keel: { 'CVE-2025-10001': release({ status: 'resolved', fixed_version: '1.2-3+deb12u1', urgency: 'high' }) },
    rudder: {
      'CVE-2025-10002': release({ status: 'open', urgency: 'low', nodsa: 'Minor issue', nodsa_reason: 'ignored' }),
    },
  };
  write(join(directory, 'debian/tracker.json.gz'), gzipSync(JSON.stringify(tracker)));
  const kev = { catalogVersion: '1', dateReleased: '2026-01-01T00:00:00Z', count: 0, vulnerabilities: [] };
  write(join(directory, 'kev/known_exploited_vulnerabilities.json'), JSON.stringify(kev));
  const epss = '#model_version:v1,score_date:2026-01-01T00:00:00+0000\ncve,epss,percentile\nCVE-2025-10001,0.5,0.9\n';
  write(join(directory, 'epss/epss_scores-2026-01-01.csv.gz'), gzipSync(epss));
}

function write(file: string, content: string | Uint8Array): void {
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
