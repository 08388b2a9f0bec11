import type { AffectedStatus } from '#advisory/index.ts';
import type { ChecksSummary } from '#checks/index.ts';
import type { LicenceCategory } from '#licences/index.ts';
import { type Decision, isSystemPackage } from '#model/index.ts';
import type { ScanReport, Unassessed } from '#scan/index.ts';
import type { SecretSource } from '#secrets/index.ts';
import type { Upgrade } from '#vulnerability/index.ts';

/** What a publisher's state means for the reader. */
export const stateWords: Readonly<Record<AffectedStatus, string>> = {
  fixed: 'fix available',
  affected: 'no fix yet',
  'will-not-fix': 'will not be fixed',
  deferred: 'fix postponed',
  'not-affected': 'not affected',
  'under-investigation': 'under investigation',
  'end-of-life': 'release no longer maintained',
  unknown: 'state unknown',
};

export const licenceCategoryWords: Readonly<Record<LicenceCategory, string>> = {
  unencumbered: 'unencumbered',
  permissive: 'permissive',
  'weak-copyleft': 'weak copyleft',
  unknown: 'not known',
  'strong-copyleft': 'strong copyleft',
  'network-copyleft': 'network copyleft',
  'restricted-use': 'restricted use',
};

export const secretSourceWords: Readonly<Record<SecretSource, string>> = {
  file: 'file',
  env: 'environment of the image',
  label: 'label of the image',
  history: 'build history of the image',
  command: 'command of the image',
};

export const decisionSourceWords: Readonly<Record<Decision['source'], string>> = {
  vex: 'VEX',
  exception: 'an exception',
  baseline: 'the baseline',
};

/** `accepted by an exception, by the shop's team, until 2027-03-31: nobody logs in`. */
export function decisionWords({ state, source, author, expires, reason }: Decision): string {
  const by = author === undefined ? '' : `, by ${author}`;
  const until = expires === undefined ? '' : `, until ${dateWords(expires)}`;
  return `${state.replaceAll('-', ' ')} by ${decisionSourceWords[source]}${by}${until}: ${reason}`;
}

const unassessedReasons: Readonly<Record<Unassessed['reason'], string>> = {
  'no-packages': 'no package records',
  'no-distribution': 'distribution unknown',
  'no-advisory-data': 'no advisory data',
  'version-unreadable': 'version unreadable',
  'commit-unordered': 'commit without an order',
  'third-party-package': 'third party',
  'unsupported-release': 'release not supported',
};

/** `3 packages (third party)`; without packages the reason alone. */
export function unassessedWords({ reason, packages }: Pick<Unassessed, 'reason' | 'packages'>): string {
  const why = unassessedReasons[reason];
  return packages > 0 ? `${counted(packages, 'package')} (${why})` : why;
}

/** `236 answers of checks about 4 documents; 1 place was not assessed`. */
export function checksWords({ evaluated, documents, notAssessed }: ChecksSummary): string {
  const { length } = notAssessed;
  const holes = length === 0 ? '' : `; ${counted(length, 'place')} ${length === 1 ? 'was' : 'were'} not assessed`;
  if (documents === 0) return `no file was found that checks are about${holes}`;
  return `evaluated ${counted(evaluated, 'check')} on ${counted(documents, 'document')}${holes}`;
}

/** `looked for vulnerabilities and secrets in 84 packages, with debian-tracker as of 2026-11-24`. */
export function scopeWords({
  scanners,
  packages,
  sources,
}: Pick<ScanReport, 'scanners' | 'packages' | 'sources'>): string {
  const kinds = scanners.length === 0 ? 'nothing' : scanners.map((one) => scannerWords[one]).join(', ');
  const dates = sources.map(({ source, asOf }) => `${source} as of ${dateWords(asOf)}`).join(', ');
  return `looked for ${kinds} in ${counted(packages.length, 'package')} and what lies beside them${dates === '' ? '' : `, with ${dates}`}`;
}

const scannerWords: Readonly<Record<ScanReport['scanners'][number], string>> = {
  vulnerability: 'vulnerabilities',
  secret: 'secrets',
  malware: 'malware',
  misconfiguration: 'misconfiguration',
  licence: 'licences',
};

/** The sentence for a report without open findings. It is a clean bill only where nothing was left out. */
export function nothingFoundWords(report: Pick<ScanReport, 'assessment' | 'unassessed' | 'scanners'>): string {
  const { assessment, unassessed, scanners } = report;
  if (!scanners.includes('vulnerability')) return 'Vulnerabilities were not looked for.';
  if (assessment === 'incomplete') return 'No vulnerability found, but the answer is incomplete.';
  const packages = unassessed.reduce((sum, one) => sum + one.packages, 0);
  if (unassessed.length === 0) return 'No known vulnerability.';
  return `No known vulnerability in what could be assessed; ${counted(packages, 'package')} could not.`;
}

/** Whether a report without open findings is a clean bill. */
export function isWholeAnswer(report: Pick<ScanReport, 'assessment' | 'unassessed' | 'scanners'>): boolean {
  const { assessment, unassessed, scanners } = report;
  return assessment === 'complete' && unassessed.length === 0 && scanners.includes('vulnerability');
}

/** `1 package`, `2 packages`, `9,412 entries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}

/** Digits in groups of three; not by locale, so that the same report gives the same bytes everywhere. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

export function bytesWords(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[power - 1]}`;
}

/** `image, linux/arm64/v8`, `root file system`, `directory`, `this host`; `image, by bom.json (SPDX 2.3 JSON)`. */
export function artifactWords(artifact: ScanReport['artifact']): string {
  const { document } = artifact;
  if (document === undefined) return kindWords(artifact);
  const isKnown = artifact.kind === 'image' || document.scheme !== undefined;
  const what = isKnown ? kindWords({ ...artifact, scheme: document.scheme ?? artifact.scheme }) : 'described';
  return `${what}, by ${document.path} (${document.format})`;
}

function kindWords(artifact: ScanReport['artifact']): string {
  if (artifact.scheme === 'host') return 'this host';
  if (artifact.scheme === 'directory') return 'directory';
  if (artifact.scheme === 'cluster') return 'Kubernetes cluster';
  if (artifact.kind === 'tree') return 'root file system';
  const { platform } = artifact;
  if (!platform) return 'image';
  return `image, ${[platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined).join('/')}`;
}

/** Undefined where the question does not arise: a project's directory has no system, and libraries need none to be assessed. */
export function systemWords({ artifact, distribution, packages }: ScanReport): string | undefined {
  if (distribution) return distribution.name;
  const isExpected = packages.length === 0 && artifact.scheme !== 'directory' && artifact.scheme !== 'cluster';
  const isSystemMissing = isExpected || packages.some(({ type }) => isSystemPackage(type));
  return isSystemMissing ? 'not recognised' : undefined;
}

const dayMs = 86_400_000;

/** Age of a date seen from the report's own time: `today`, `12 days old`. Undefined when either date cannot be read. */
export function ageWords(date: string, now: string): string | undefined {
  const days = daysBetween(date, now);
  if (days === undefined) return undefined;
  if (days <= 0) return 'today';
  if (days < 60) return `${counted(days, 'day')} old`;
  return `${counted(Math.floor(days / 30.44), 'month')} old`;
}

/** Whole days from one ISO date to another; negative when the second is earlier. */
function daysBetween(from: string, to: string): number | undefined {
  const start = Date.parse(from.slice(0, 10));
  const end = Date.parse(to.slice(0, 10));
  return Number.isNaN(start) || Number.isNaN(end) ? undefined : Math.round((end - start) / dayMs);
}

/** The date of an ISO 8601 time, or the text itself. */
export function dateWords(time: string): string {
  return /^\d{4}-\d{2}-\d{2}/.test(time) ? time.slice(0, 10) : time;
}

/** What the reader must know about the release's support, seen from the report's own time. */
export function endOfLifeWords(
  report: Pick<ScanReport, 'distribution' | 'createdAt'>,
): { text: string; ended: boolean } | undefined {
  const { endOfLife } = report.distribution ?? {};
  if (!endOfLife) return undefined;
  const { date, longTermDate } = endOfLife;
  const now = report.createdAt.slice(0, 10);
  if (now <= date) return { text: `regular support until ${date}`, ended: false };
  if (longTermDate === undefined)
    return { text: `support ended on ${date}: no more fixes are made for it`, ended: true };
  if (now <= longTermDate)
    return { text: `regular support ended on ${date}; long-term support until ${longTermDate}`, ended: false };
  return { text: `long-term support ended on ${longTermDate}: no more free fixes are made for it`, ended: true };
}

/** Distributions build and fix source packages; language ecosystems know packages only. */
export function upgradeNoun(upgrades: readonly Pick<Upgrade, 'type'>[]): string {
  return upgrades.every(({ type }) => isSystemPackage(type)) ? 'source package' : 'package';
}

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
