import type { Distribution } from '#model/index.ts';
import type { Finding, ScanReport } from '#scan/index.ts';
import { Random } from '../random.ts';
import type { PackageLine } from '../stock/lines.ts';
import type { Timeline } from '../timeline.ts';
import { checksOf, misconfiguration } from './configuration.ts';
import { emptyReport } from './sources.ts';
import { install, vulnerabilitiesOf } from './vulnerabilities.ts';

/** A machine that containers run on. */
export interface DemoHost {
  readonly name: string;
  /** Undefined: of no cluster. */
  readonly cluster: string | undefined;
  /** Days by which it is behind its distribution. */
  readonly baseLag: number;
  readonly scans: readonly number[];
}

const ubuntu: Distribution = {
  id: 'ubuntu',
  idLike: ['debian'],
  name: 'Ubuntu 24.04 LTS',
  version: '24.04',
  codename: 'noble',
  evidence: 'etc/os-release',
};

const hostChecks = [...checksOf('host'), ...checksOf('docker-host')];

/** The report of an audit and scan of a machine. */
export function hostReport(
  host: DemoHost,
  scan: number,
  packages: readonly PackageLine[],
  timeline: Timeline,
  seed: string,
): ScanReport {
  const day = host.scans[scan] ?? 0;
  const at = timeline.at(day, 5);
  const origin = { path: 'var/lib/dpkg/status' };
  // Machines are brought up to date from time to time, some never.
  const installed = packages.map((line) => install(line, day - host.baseLag, { distribution: ubuntu, origin }));
  const random = new Random(`${seed} ${host.name}`);
  return {
    ...emptyReport(at),
    artifact: { kind: 'tree', name: host.name, scheme: 'host', tags: [], layers: [] },
    distribution: ubuntu,
    scanners: ['vulnerability', 'misconfiguration'],
    packages: installed.map((one) => one.package),
    findings: [
      ...installed.flatMap((one) =>
        vulnerabilitiesOf(one, day, at, { exposure: 'internal', deployment: 'production', source: host.name }),
      ),
      ...failures(random, scan),
    ],
  };
}

function failures(random: Random, scan: number): Finding[] {
  return hostChecks.flatMap((id) => {
    const fails = random.chance(0.16);
    const mendedBefore = random.chance(0.4) ? random.between(1, 3) : 99;
    return fails && scan < mendedBefore ? [misconfiguration(id, { path: 'etc', line: 1 })] : [];
  });
}
