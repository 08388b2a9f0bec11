import type { PackageType } from '#model/index.ts';
import type { Random } from '../random.ts';
import { type DemoVulnerability, inventVulnerability, known } from './vulnerabilities.ts';

/** A package as its publisher brings it out over time. */
export interface PackageLine {
  readonly type: PackageType;
  readonly name: string;
  readonly versions: readonly { readonly version: string; readonly day: number }[];
  readonly vulnerabilities: readonly DemoVulnerability[];
}

/** Of packages with real vulnerabilities: the second of each is the first that is free of them. */
const REAL_VERSIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['org.apache.logging.log4j:log4j-core', ['2.14.1', '2.15.0', '2.17.1', '2.24.1']],
  ['org.springframework:spring-beans', ['5.3.17', '5.3.18', '5.3.39', '6.1.14']],
  ['org.apache.commons:commons-text', ['1.9', '1.10.0', '1.11.0', '1.12.0']],
  ['golang.org/x/net', ['v0.15.0', 'v0.17.0', 'v0.23.0', 'v0.30.0', 'v0.31.0']],
  ['minimist', ['1.2.5', '1.2.6', '1.2.7', '1.2.8']],
]);

/** How many vulnerabilities a package of the sort is known to have in the time that the demo looks at. */
const PER_PACKAGE: ReadonlyMap<PackageType, number> = new Map([
  ['deb', 1.25],
  ['apk', 1.1],
  ['npm', 0.8],
  ['maven', 1.1],
  ['pypi', 0.9],
  ['golang', 1.1],
]);

const OLDEST_DAY = -420;

/** Makes the lines of a stock; `number` gives each made-up vulnerability a name of its own. */
export function makeLines(
  random: Random,
  type: PackageType,
  names: readonly string[],
  number: () => number,
): readonly PackageLine[] {
  return names.map((name) => {
    const real = REAL_VERSIONS.get(name);
    const count = real?.length ?? random.between(4, 9);
    const days = Array.from({ length: count }, () => random.between(-300, -2)).sort((a, b) => a - b);
    const numbers = real ?? versionNumbers(random, type, count);
    const versions = numbers.map((version, index) => ({ version, day: index === 0 ? OLDEST_DAY : (days[index] ?? 0) }));
    const wellKnown = (known.get(name) ?? []).map((one) => ({ ...one, publishedDay: OLDEST_DAY, fixedIn: 1 }));
    const expected = PER_PACKAGE.get(type) ?? 1;
    const invented = Array.from({ length: poisson(random, expected) }, (): DemoVulnerability => {
      const fixedIn = random.chance(0.78) ? random.between(1, count - 1) : undefined;
      const told =
        fixedIn === undefined ? random.between(-300, -3) : (versions[fixedIn]?.day ?? 0) + random.between(-20, 6);
      return { ...inventVulnerability(random, number(), name), fixedIn, publishedDay: Math.min(told, -1) };
    });
    return { type, name, versions, vulnerabilities: [...wellKnown, ...invented] };
  });
}

function poisson(random: Random, expected: number): number {
  const limit = Math.exp(-expected);
  let product = random.next();
  let count = 0;
  for (; product > limit; count += 1) product *= random.next();
  return count;
}

function versionNumbers(random: Random, type: PackageType, count: number): string[] {
  const major = random.between(0, 8);
  const minor = random.between(0, 30);
  return Array.from({ length: count }, (_, index) => {
    switch (type) {
      case 'deb':
        return `${major}.${minor}.1-${random.between(1, 9)}+demo${index + 1}`;
      case 'apk':
        return `${major}.${minor}.${index}-r0`;
      case 'golang':
        return `v${major > 0 ? 1 : 0}.${minor + index}.0`;
      default:
        return `${major}.${minor + Math.floor(index / 2)}.${(index % 2) * 3}`;
    }
  });
}

/** The newest version of that day. */
export function versionAt({ versions }: PackageLine, day: number): number {
  return Math.max(
    0,
    versions.findLastIndex((one) => one.day <= day),
  );
}
