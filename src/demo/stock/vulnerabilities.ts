import type { Score } from '#advisory/index.ts';
import type { Severity } from '#model/index.ts';
import type { Random } from '../random.ts';

/** What is known of a vulnerability of one package, whatever its version. */
export interface DemoVulnerability {
  /** A CVE only for what is real; made-up ones are `DEMO-2026-0042`. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly score: Score;
  readonly summary: string;
  /** Day of the demo, today 0. */
  readonly publishedDay: number;
  /** From which of its package's versions on it is mended; undefined: nobody has mended it. */
  readonly fixedIn: number | undefined;
  readonly epss: number | undefined;
  readonly exploitedSince: string | undefined;
}

/** Real ones that people know, with what is publicly known of them. */
export const known: ReadonlyMap<string, readonly Omit<DemoVulnerability, 'publishedDay' | 'fixedIn'>[]> = new Map([
  [
    'org.apache.logging.log4j:log4j-core',
    [
      {
        id: 'CVE-2021-44228',
        aliases: ['GHSA-jfh8-c2jp-5v3q'],
        severity: 'critical',
        score: cvss('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'),
        summary: 'Look-ups in logged text load and run code from a server of the attacker.',
        epss: 0.94,
        exploitedSince: '2021-12-10',
      },
    ],
  ],
  [
    'org.springframework:spring-beans',
    [
      {
        id: 'CVE-2022-22965',
        aliases: ['GHSA-36p3-wjmg-h94x'],
        severity: 'critical',
        score: cvss('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'),
        summary: 'Data binding on JDK 9 and later lets a request write to the class loader and run code.',
        epss: 0.94,
        exploitedSince: '2022-04-04',
      },
    ],
  ],
  [
    'org.apache.commons:commons-text',
    [
      {
        id: 'CVE-2022-42889',
        aliases: ['GHSA-599f-7c49-w659'],
        severity: 'critical',
        score: cvss('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'),
        summary: 'Interpolation of untrusted text can run scripts and look up names.',
        epss: 0.94,
        exploitedSince: undefined,
      },
    ],
  ],
  [
    'golang.org/x/net',
    [
      {
        id: 'CVE-2023-39325',
        aliases: ['GHSA-4374-p667-p6c8', 'GO-2023-2102'],
        severity: 'high',
        score: cvss('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H'),
        summary: 'Streams of HTTP/2 that are reset at once keep a server busy.',
        epss: 0.01,
        exploitedSince: undefined,
      },
    ],
  ],
  [
    'minimist',
    [
      {
        id: 'CVE-2021-44906',
        aliases: ['GHSA-xvch-5gv4-984h'],
        severity: 'critical',
        score: cvss('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'),
        summary: 'Arguments can set properties of the prototype of all objects.',
        epss: 0.01,
        exploitedSince: undefined,
      },
    ],
  ],
]);

function cvss(value: string): Score {
  return { type: 'CVSS_V3', value };
}

interface Sort {
  readonly severity: Severity;
  readonly vector: string;
  readonly says: (name: string) => string;
}

const sorts: readonly Sort[] = [
  sort(
    'critical',
    'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    (name) => `A crafted message makes ${name} run code of the sender.`,
  ),
  sort(
    'critical',
    'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N',
    (name) => `${name} takes a signature that was made for something else.`,
  ),
  sort('high', 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', (name) => `A small request makes ${name} use all memory.`),
  sort(
    'high',
    'AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H',
    (name) => `Two requests at once make ${name} use memory that was freed.`,
  ),
  sort(
    'high',
    'AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H',
    (name) => `A local user can make ${name} write where it should not.`,
  ),
  sort('medium', 'AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', (name) => `Text that ${name} shows is taken for markup.`),
  sort(
    'medium',
    'AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:L',
    (name) => `How long ${name} takes to compare tells what it compares with.`,
  ),
  sort('medium', 'AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H', (name) => `A damaged file makes ${name} read past its end.`),
  sort(
    'medium',
    'AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N',
    (name) => `${name} follows a redirect to another host with the credentials of the first.`,
  ),
  sort(
    'low',
    'AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N',
    (name) => `${name} leaves a file that others can read for a moment.`,
  ),
  sort('low', 'AV:L/AC:H/PR:L/UI:R/S:U/C:N/I:L/A:L', (name) => `${name} does not warn before it overwrites.`),
  sort(
    'unknown',
    'AV:L/AC:H/PR:L/UI:R/S:U/C:N/I:L/A:N',
    (name) => `${name} is affected; its publisher has not said how badly.`,
  ),
];

function sort(severity: Severity, vector: string, says: (name: string) => string): Sort {
  return { severity, vector: `CVSS:3.1/${vector}`, says };
}

const bySeverity = { critical: 3, high: 17, medium: 45, low: 31, unknown: 4 } as const;

/** A vulnerability that nobody has: so that nothing here is taken for a statement about a real package. */
export function inventVulnerability(
  random: Random,
  number: number,
  name: string,
): Omit<DemoVulnerability, 'publishedDay' | 'fixedIn'> {
  const severity = random.weighted(bySeverity);
  const { vector, says } = random.pick(sorts.filter((one) => one.severity === severity));
  return {
    id: `DEMO-2026-${String(number).padStart(4, '0')}`,
    aliases: [],
    severity,
    score: severity === 'unknown' ? { type: 'publisher', value: 'unrated' } : cvss(vector),
    summary: says(name.slice(name.lastIndexOf('/') + 1)),
    epss: Math.round(random.next() ** 6 * 7000) / 10_000,
    exploitedSince: random.chance(severity === 'critical' || severity === 'high' ? 0.02 : 0.002)
      ? '2026-10-06'
      : undefined,
  };
}
