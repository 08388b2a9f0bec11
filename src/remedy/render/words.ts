import { printable } from '#foundation/index.ts';
import type { ConfigurationFile, ConfigurationStep } from '../plan/configuration.ts';
import type { FixGroup, FixPlan, FixStep, RemovedVulnerability, UnfixedPackage } from '../plan/fix-plan.ts';

/** A piece of text that came from the scanned content, or our own words. */
export type Piece = { readonly foreign: string } | string;

const foreign = (text: string): Piece => ({ foreign: printable(text) });

export function headline({ artifact, totals, scanners, configuration, assessment }: FixPlan): Piece[] {
  const sums = [
    ...(scanners.includes('vulnerability') ? sumOf(vulnerabilities(totals.open), totals) : []),
    ...(configuration ? sumOf(places(configuration.totals.open), configuration.totals) : []),
  ];
  const sum = sums.length === 0 ? ': nothing to fix' : `: ${sums.join('; ')}`;
  const hole =
    assessment === 'incomplete' ? '. The scan is incomplete: the plan does not know what it could not assess' : '';
  return [foreign(artifact.name), sum, hole];
}

function sumOf(count: string, { open, removed, left }: FixPlan['totals']): string[] {
  return open === 0 ? [] : [`${count} open, ${removed} can be removed, ${left} would be left`];
}

export function placeWords({ place }: FixGroup): Piece[] {
  switch (place.kind) {
    case 'project':
      return [foreign(place.file), ` (${place.manager})`];
    case 'installed':
      return [
        `libraries found installed (${place.manager}): raise them in the project that brings them and build again`,
      ];
    case 'base-image':
      return place.image === undefined
        ? ['base image (its labels do not tell which)']
        : ['base image ', foreign(place.image)];
    case 'own-layers':
      return [`${place.type} packages installed by the image’s own build steps`];
    case 'system':
      return [`${place.type} packages of the system`];
  }
}

export function stepWords(step: FixStep): Piece[] {
  if (step.what === 'base-image') return ['Build again on a newer build or tag of ', foreign(step.name)];
  const major = step.isBreaking ? ' (its interface may have changed)' : '';
  return [
    `Raise ${kinds[step.what]} `,
    foreign(step.name),
    ' from ',
    foreign(step.from),
    ' to ',
    foreign(step.to),
    major,
  ];
}

const kinds: Readonly<Record<FixStep['what'], string>> = {
  'direct-dependency': 'dependency',
  'transitive-dependency': 'transitive dependency',
  dependency: 'dependency',
  'system-package': 'package',
  'base-image': 'base image',
};

/** `removes 3: CVE-1, CVE-2 (exploited), CVE-3 (within 14 days)`. */
export function removesWords(step: FixStep, limit: number): Piece[] {
  const shown = step.removes.slice(0, limit);
  const rest = step.removes.length - shown.length;
  const listed = shown.flatMap((one, index): Piece[] => [index > 0 ? ', ' : '', foreign(one.id), ` (${notesOf(one)})`]);
  return [`removes ${step.removes.length}: `, ...listed, rest > 0 ? `, and ${rest} more` : ''];
}

function notesOf({ severity, exploited, due }: RemovedVulnerability): string {
  return [severity, ...(exploited ? ['exploited'] : []), ...(due ? [due.title] : [])].join(', ');
}

export function detailsOf(step: FixStep): Piece[][] {
  const lines: Piece[][] = [];
  if (step.leaves.length > 0) lines.push(['leaves: ', ...commas(step.leaves)]);
  if (step.path.length > 1) lines.push(['why here: ', ...arrows(step.path)]);
  else if (step.what === 'system-package' && step.where !== '') lines.push(['why here: ', foreign(step.where)]);
  if (step.through.length > 0 && step.path.length > 1)
    lines.push(['if its dependants do not allow that: raise ', ...commas(step.through)]);
  lines.push([
    step.what === 'system-package' ? 'certain: the publisher has that version' : confidences[step.confidence],
  ]);
  return lines;
}

const confidences: Readonly<Record<FixStep['confidence'], string>> = {
  certain: 'certain: the version is named where it is asked for',
  resolver: 'needs the resolver: whether it can be had depends on what others allow',
  manual: 'by hand: it must be changed where it comes from',
};

const subjects = new Map<string, string>([
  ['compose', 'Compose'],
  ['dockerfile', 'Dockerfile'],
  ['kubernetes', 'Kubernetes'],
]);

export function fileWords({ path, subject }: ConfigurationFile): Piece[] {
  return [foreign(path), ` (${subjects.get(subject) ?? subject})`];
}

/** `A service can gain privileges while it runs (compose-new-privileges, medium) in line 3, 9`. */
export function configurationWords({ title, check, severity, lines, needs, mayBreak }: ConfigurationStep): Piece[] {
  const shown = lines.slice(0, MAX_LISTED).join(', ');
  const rest = lines.length > MAX_LISTED ? `, and ${lines.length - MAX_LISTED} more` : '';
  const where = `${lines.length === 1 ? 'line' : 'lines'} ${shown}${rest}`;
  const asks = needs === 'registry' ? '; the registry tells the digest' : '';
  const breaks = mayBreak === undefined ? '' : `; may break ${mayBreak}`;
  return [foreign(title), ` (${check}, ${severity}) in ${where}${asks}${breaks}`];
}

export function unfixedWords(one: UnfixedPackage): Piece[] {
  return [foreign(`${one.name} ${one.version}`), ` (${one.state}): `, ...commas(one.ids)];
}

const MAX_LISTED = 12;

function commas(texts: readonly string[]): Piece[] {
  const rest = texts.length - MAX_LISTED;
  const listed = texts.slice(0, MAX_LISTED).flatMap((text, index) => [index > 0 ? ', ' : '', foreign(text)]);
  return rest > 0 ? [...listed, `, and ${rest} more`] : listed;
}

function arrows(path: readonly string[]): Piece[] {
  return path.flatMap((text, index) => [index > 0 ? ' → ' : '', foreign(text)]);
}

function places(count: number): string {
  return count === 1 ? '1 misconfiguration' : `${count} misconfigurations`;
}

function vulnerabilities(count: number): string {
  return count === 1 ? '1 vulnerability' : `${count} vulnerabilities`;
}
