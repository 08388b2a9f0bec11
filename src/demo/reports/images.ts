import { licenceFindings } from '#licences/index.ts';
import type { Digest, Distribution, LayerOrigin } from '#model/index.ts';
import type { Finding, ScannedLayer, ScanReport } from '#scan/index.ts';
import type { PriorityContext } from '#vulnerability/index.ts';
import { type DemoTeam, registry, type Stack } from '../organisation.ts';
import { Random } from '../random.ts';
import type { PackageLine } from '../stock/lines.ts';
import type { System } from '../stock/packages.ts';
import type { Timeline } from '../timeline.ts';
import { miscellaneousFindings } from './miscellaneous.ts';
import { emptyReport } from './sources.ts';
import { type Installed, install, vulnerabilitiesOf } from './vulnerabilities.ts';

/** A repository of the made-up organisation, with how it is built. */
export interface DemoRepository {
  readonly name: string;
  /** `cart-api` */
  readonly service: string;
  readonly team: DemoTeam | undefined;
  readonly system: System;
  readonly stack: Stack | undefined;
  readonly libraries: readonly PackageLine[];
  /** Days by which its libraries and its base are behind their publishers when it is built. */
  readonly lag: number;
  readonly baseLag: number;
  readonly exposure: 'internet' | 'internal' | 'unknown';
  /** Days on which it was built, the oldest first; scanned that day. */
  readonly builds: readonly number[];
  /** Of builds, those days on which older libraries came back by mistake. */
  readonly slips: readonly number[];
  /** Days on which the newest build was scanned again. */
  readonly rescans: readonly number[];
  /** The first build still has a tag of its own: nobody took it away. */
  readonly keepsOldTag: boolean;
}

export interface ImageScan {
  readonly repository: DemoRepository;
  readonly build: number;
  readonly day: number;
}

const distributions: Readonly<Record<System, Distribution>> = {
  debian: {
    id: 'debian',
    idLike: [],
    name: 'Debian GNU/Linux 12 (bookworm)',
    version: '12',
    codename: 'bookworm',
    evidence: 'etc/os-release',
  },
  ubuntu: {
    id: 'ubuntu',
    idLike: ['debian'],
    name: 'Ubuntu 24.04 LTS',
    version: '24.04',
    codename: 'noble',
    evidence: 'etc/os-release',
  },
  alpine: { id: 'alpine', idLike: [], name: 'Alpine Linux 3.22', version: '3.22', evidence: 'etc/os-release' },
};

/** The base is built anew that often, for everybody. */
const BASE_RHYTHM = 10;

const SLIP_DAYS = 60;

const CONTEXTS: ReadonlyMap<DemoRepository['exposure'], PriorityContext> = new Map([
  ['internet', { exposure: 'internet', deployment: 'production', source: 'prod-eu' }],
  ['internal', { exposure: 'internal', deployment: 'non-production', source: 'staging' }],
  ['unknown', {}],
]);

/** The report of one scan of one build. */
export function imageReport(
  { repository, build, day }: ImageScan,
  bases: Readonly<Record<System, readonly PackageLine[]>>,
  timeline: Timeline,
  seed: string,
): ScanReport {
  const { name, system } = repository;
  const builtOn = repository.builds[build] ?? 0;
  const at = timeline.at(day, build % 7);
  const layers = layersOf(repository, builtOn, seed);
  const installed = contentOf(repository, builtOn, bases, layers);
  const context = CONTEXTS.get(repository.exposure) ?? {};
  const packages = installed.map((one) => one.package);
  const findings: Finding[] = [
    ...installed.flatMap((one) => vulnerabilitiesOf(one, day, at, context)),
    ...miscellaneousFindings(repository, builtOn, new Random(`${seed} ${name}`), originOf(layers[layers.length - 1])),
    ...licenceFindings(packages, ({ relation }) => relation !== 'root'),
  ];
  return {
    ...emptyReport(at),
    artifact: {
      kind: 'image',
      name: `${name}:latest`,
      scheme: 'registry',
      manifestDigest: buildDigest(seed, repository, build),
      configDigest: digest(new Random(`${seed} configuration ${name} ${build}`)),
      platform: { os: 'linux', architecture: 'amd64' },
      tags: tagsOf(repository, build),
      config: configOf(repository, layers, timeline.at(builtOn)),
      layers,
    },
    distribution: distributions[system],
    scanners: ['vulnerability', 'secret', 'malware', 'misconfiguration', 'licence'],
    packages,
    findings,
    statistics: { layers: layers.length, cachedLayers: 1, entries: 9000, bytes: 180_000_000, durationMs: 700 },
  };
}

/** Of the manifest of a build. */
export function buildDigest(seed: string, { name }: DemoRepository, build: number): Digest {
  return digest(new Random(`${seed} ${name} ${build}`));
}

function tagsOf({ name, keepsOldTag }: DemoRepository, build: number): string[] {
  return [`${name}:latest`, `${name}:main`, ...(keepsOldTag && build === 0 ? [`${name}:1.0`] : [])];
}

function contentOf(
  repository: DemoRepository,
  builtOn: number,
  bases: Readonly<Record<System, readonly PackageLine[]>>,
  layers: readonly ScannedLayer[],
): Installed[] {
  const { system, libraries, slips, stack } = repository;
  const lag = repository.lag + (slips.includes(builtOn) ? SLIP_DAYS : 0);
  const baseDay = baseDayOf(repository, builtOn);
  const distribution = distributions[system];
  const record = system === 'alpine' ? 'lib/apk/db/installed' : 'var/lib/dpkg/status';
  const [bottom, tools, own] = layers.map(originOf);
  const manifest = stack === undefined ? undefined : MANIFESTS[stack];
  return [
    ...bases[system].map((line, index) =>
      install(line, baseDay, { distribution, origin: { path: record, ...layerIn(index % 4 === 3 ? tools : bottom) } }),
    ),
    ...libraries.map((line) =>
      install(line, builtOn - lag, { distribution, origin: { path: manifest ?? 'app', ...layerIn(own) } }),
    ),
  ];
}

function layerIn(layer: LayerOrigin | undefined): { readonly layer?: LayerOrigin } {
  return layer === undefined ? {} : { layer };
}

const MANIFESTS: Readonly<Record<Stack, string>> = {
  node: 'app/package-lock.json',
  java: 'app/service.jar',
  python: 'app/requirements.txt',
  go: 'usr/local/bin/service',
};

const BUILDS: Readonly<Record<Stack, string>> = {
  node: 'RUN npm ci --omit=dev',
  java: 'COPY target/service.jar /app/',
  python: 'RUN pip install --no-cache-dir -r requirements.txt',
  go: 'COPY --from=build /out/service /usr/local/bin/',
};

/** When the base was built that a build of that day stands on. */
function baseDayOf({ baseLag }: DemoRepository, builtOn: number): number {
  return Math.floor((builtOn - baseLag) / BASE_RHYTHM) * BASE_RHYTHM;
}

/** Layers of the base are the same for everybody who builds from it in the same days. */
function layersOf(repository: DemoRepository, builtOn: number, seed: string): ScannedLayer[] {
  const { system, stack, name } = repository;
  const baseDay = baseDayOf(repository, builtOn);
  const shared = new Random(`${seed} base ${system} ${baseDay}`);
  const own = new Random(`${seed} layers ${name} ${builtOn}`);
  const install =
    system === 'alpine' ? 'apk add --no-cache ca-certificates tzdata' : 'apt-get install -y ca-certificates curl';
  const isBase = stack === undefined;
  return [
    layer(0, shared, 28_000_000, `ADD ${system}-rootfs.tar.xz /`, 'base'),
    layer(1, shared, 12_000_000, `RUN ${install}`, 'base'),
    ...(isBase
      ? []
      : [layer(2, own, 45_000_000, BUILDS[stack], 'own'), layer(3, own, 1_800_000, 'COPY . /app', 'own')]),
  ];
}

function layer(index: number, random: Random, size: number, instruction: string, part: 'base' | 'own'): ScannedLayer {
  return {
    index,
    diffId: digest(random),
    blobDigest: digest(random),
    size: size + random.between(0, 900_000),
    instruction,
    part,
  };
}

function digest(random: Random): Digest {
  return `sha256:${random.hex(64)}`;
}

function originOf(layer: ScannedLayer | undefined): LayerOrigin | undefined {
  if (layer === undefined) return undefined;
  const { index, diffId, instruction, part } = layer;
  return { index, diffId, part, ...(instruction !== undefined && { instruction }) };
}

function configOf(
  { name, service, system, stack }: DemoRepository,
  layers: readonly ScannedLayer[],
  created: Date,
): NonNullable<ScanReport['artifact']['config']> {
  return {
    created: created.toISOString(),
    user: service.length % 3 === 0 ? '' : '10001',
    env: ['PATH=/usr/local/bin:/usr/bin:/bin'],
    entrypoint: stack === undefined ? [] : [`/app/${service}`],
    cmd: [],
    exposedPorts: stack === undefined ? [] : ['8080/tcp'],
    volumes: [],
    labels: {
      'org.opencontainers.image.title': service,
      'org.opencontainers.image.source': `https://git.demo.example/${name.slice(registry.length + 1)}`,
      ...(stack !== undefined && { 'org.opencontainers.image.base.name': `${registry}/base/${system}` }),
    },
    history: layers.map(({ instruction = '' }) => ({ createdBy: instruction, emptyLayer: false })),
  };
}
