import { clusters, type DemoTeam, registry, type Stack, teams } from './organisation.ts';
import { Random } from './random.ts';
import type { DemoHost } from './reports/hosts.ts';
import type { DemoRepository } from './reports/images.ts';
import type { DemoWorkload } from './reports/workloads.ts';
import type { DemoSize } from './size.ts';
import { makeLines, type PackageLine } from './stock/lines.ts';
import { libraries, type System, systems } from './stock/packages.ts';
import { HISTORY_DAYS } from './timeline.ts';

/** All that is scanned in the made-up organisation, and when. */
export interface Estate {
  readonly seed: string;
  readonly bases: Readonly<Record<System, readonly PackageLine[]>>;
  readonly repositories: readonly DemoRepository[];
  readonly workloads: readonly DemoWorkload[];
  readonly hosts: readonly DemoHost[];
}

/** The same for the same seed and size, on any machine. */
export function makeEstate(seed: string, size: DemoSize): Estate {
  const random = new Random(`${seed} estate`);
  let count = 0;
  const number = () => {
    count += 1;
    return count;
  };
  const lines = (of: keyof typeof systems) => makeLines(random, systems[of].type, systems[of].names, number);
  const bases = { debian: lines('debian'), ubuntu: lines('ubuntu'), alpine: lines('alpine') };
  const stock = (stack: Stack) => makeLines(random, libraries[stack].type, libraries[stack].names, number);
  const stocks = { node: stock('node'), java: stock('java'), python: stock('python'), go: stock('go') };
  const repositories = [
    ...(['debian', 'ubuntu', 'alpine'] as const).map((system) => baseRepository(random, system)),
    ...Array.from({ length: size.repositories - 3 }, (_, index) => serviceRepository(random, index, stocks)),
  ];
  return {
    seed,
    bases,
    repositories,
    workloads: makeWorkloads(random, repositories, size.workloads),
    hosts: makeHosts(random, size.hosts),
  };
}

function baseRepository(random: Random, system: System): DemoRepository {
  return {
    name: `${registry}/base/${system}`,
    service: system,
    team: teams.find(({ name }) => name === 'platform'),
    system,
    stack: undefined,
    libraries: [],
    lag: 0,
    baseLag: 0,
    exposure: 'unknown',
    ...schedule(random, 14),
    keepsOldTag: false,
  };
}

const KINDS = ['api', 'worker', 'web', 'jobs', 'gateway', 'sync'] as const;

function serviceRepository(
  random: Random,
  index: number,
  stocks: Readonly<Record<Stack, readonly PackageLine[]>>,
): DemoRepository {
  const team = teams[index % teams.length] ?? random.pick(teams);
  const round = Math.floor(index / teams.length);
  const { services } = team;
  const service = `${services[round % services.length]}-${KINDS[Math.floor(round / services.length) % KINDS.length]}`;
  const stack = random.weighted(team.stacks);
  // A few that nobody claims: experiments.
  const isOrphan = random.chance(0.04);
  return {
    name: isOrphan ? `${registry}/experiments/${team.name}-${service}` : `${registry}/${team.name}/${service}`,
    service,
    team: isOrphan ? undefined : team,
    system: random.weighted({ debian: 45, alpine: 32, ubuntu: 23 }),
    stack,
    libraries: random.some(stocks[stack], random.between(18, 34)),
    lag: isOrphan ? 250 : Math.round(random.next() ** 2 * lagOf(team)),
    baseLag: Math.round(random.next() ** 2 * lagOf(team)),
    exposure: isOrphan ? 'unknown' : random.weighted({ internet: 35, internal: 45, unknown: 20 }),
    ...schedule(random, isOrphan ? 60 : team.rhythm * 2.6),
    keepsOldTag: random.chance(0.12),
  };
}

function lagOf({ diligence }: DemoTeam): number {
  return 40 + (1 - diligence) * 320;
}

/** Builds and scans between them; the first build is older than the history. */
function schedule(random: Random, rhythm: number): Pick<DemoRepository, 'builds' | 'slips' | 'rescans'> {
  const builds: number[] = [-HISTORY_DAYS];
  let day = -HISTORY_DAYS + random.between(3, Math.ceil(rhythm * 1.5));
  while (day < 0) {
    builds.push(day);
    day += Math.max(2, Math.round(rhythm * (0.6 + random.next() * 0.8)));
  }
  const rescans = [-random.between(1, 6)].filter((day) => !builds.includes(day) && random.chance(0.6));
  const slips = builds.slice(2, -1).filter(() => random.chance(0.12));
  return { builds, slips, rescans };
}

const WORKLOAD_KINDS = { Deployment: 80, StatefulSet: 8, CronJob: 12 } as const;

function makeWorkloads(random: Random, repositories: readonly DemoRepository[], count: number): DemoWorkload[] {
  const services = repositories.filter(({ stack }) => stack !== undefined);
  const kinds = services.map(() => random.weighted(WORKLOAD_KINDS));
  return Array.from({ length: count }, (_, index): DemoWorkload => {
    const at = index % services.length;
    const repository = services[at] ?? random.pick(services);
    const round = Math.floor(index / services.length);
    const cluster = clusters[round % clusters.length] ?? random.pick(clusters);
    const copy = round >= clusters.length ? `-${round - clusters.length + 2}` : '';
    const namespace = repository.team?.name ?? 'experiments';
    return {
      name: `${cluster.name}/${namespace}/${kinds[at]}/${repository.service}${copy}`,
      cluster,
      namespace,
      kind: kinds[at] ?? 'Deployment',
      service: `${repository.service}${copy}`,
      image: `${repository.name}:latest`,
      exposure: repository.exposure === 'internet' ? cluster.exposure : repository.exposure,
      diligence: repository.team?.diligence ?? 0.1,
      scans: [-HISTORY_DAYS + random.between(0, 30), ...(random.chance(0.45) ? [random.between(-50, -1)] : [])],
    };
  });
}

function makeHosts(random: Random, count: number): DemoHost[] {
  const nodes = clusters.flatMap((cluster) =>
    Array.from({ length: cluster.nodes }, (_, index) => ({
      name: `${cluster.name}-node-${String(index + 1).padStart(2, '0')}`,
      cluster: cluster.name,
    })),
  );
  const builders = Array.from({ length: Math.max(0, count - nodes.length) }, (_, index) => ({
    name: `build-node-${String(index + 1).padStart(2, '0')}`,
    cluster: undefined,
  }));
  return random
    .some([...nodes, ...builders], count)
    .map((one): DemoHost => ({ ...one, baseLag: random.between(5, 120), scans: [-90, -46, -2] }));
}
