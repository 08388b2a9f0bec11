import { type Decision, isClosing } from '#model/index.ts';
import type { Finding, ScanReport } from '#scan/index.ts';
import { fingerprint, percentEncoded } from '../identity.ts';
import { repositoryPath } from '../repository-path.ts';
import { type Described, describe } from './kinds/index.ts';
import { limits, shortText } from './limits.ts';
import { levelOf } from './rules.ts';

export interface ResultContext {
  /** What stays the same between two builds of one image: its name without tag and digest. */
  readonly lineage: string;
  readonly ruleIndex: ReadonlyMap<string, number>;
  locationOf(path: string): unknown;
}

export function resultContext(report: ScanReport, rules: ReadonlyMap<string, unknown>): ResultContext {
  return {
    lineage: report.artifact.name.replace(/@.*$/s, '').replace(/:[\w][\w.-]*$/, ''),
    ruleIndex: new Map([...rules.keys()].map((id, index) => [id, index])),
    locationOf: (path) => artifactLocation(report, path),
  };
}

export function result(one: Finding, context: ResultContext): unknown {
  const described = describe(one);
  const identity = fingerprint(context.lineage, ...described.identity);
  return {
    ruleId: described.rule.id,
    ruleIndex: context.ruleIndex.get(described.rule.id),
    level: levelOf(one.severity),
    message: { text: shortText(described.message, limits.messageText) },
    locations: [locationOf(described, context)],
    partialFingerprints: { primaryLocationLineHash: `${identity.slice(0, 16)}:1`, 'plimsoll/v1': identity },
    fixes: fixes(described, context),
    suppressions: suppressions(one.decision),
    properties: { kind: one.kind, severity: one.severity, ...described.properties },
  };
}

function locationOf({ path, line, region, logical }: Described, context: ResultContext): unknown {
  return {
    physicalLocation: {
      artifactLocation: context.locationOf(path),
      region: { startLine: line, ...region },
    },
    logicalLocations: logical.length === 0 ? undefined : logical,
  };
}

/** Files of a repository are looked for from its top; those of an image from its root. */
function artifactLocation(report: ScanReport, path: string): unknown {
  const file = repositoryPath(report, path);
  return { uri: relativeUri(file ?? path), uriBaseId: file === undefined ? uriBases.image : uriBases.repository };
}

export const uriBases = { image: 'ROOTFS', repository: '%SRCROOT%' } as const;

/** Offsets are of the file's text in the unit of columns. */
function fixes({ path, fix }: Described, context: ResultContext): unknown[] | undefined {
  if (fix === undefined) return undefined;
  const replacements = fix.edits.map(({ start, end, text }) => ({
    deletedRegion: { charOffset: start, charLength: end - start },
    insertedContent: { text },
  }));
  return [
    {
      description: { text: shortText(fix.description) },
      artifactChanges: [{ artifactLocation: context.locationOf(path), replacements }],
    },
  ];
}

/** A decision that closes the finding: services then show it as dismissed, with the reason. */
function suppressions(decision: Decision | undefined): unknown[] | undefined {
  if (decision === undefined || !isClosing(decision)) return undefined;
  const words = `${decision.state.replaceAll('-', ' ')}: ${decision.reason} (${decision.statedIn})`;
  return [{ kind: 'external', status: 'accepted', justification: shortText(words) }];
}

/** A path as a relative URI reference. Dot segments would be resolved by readers, so they are spelled out of the way. */
function relativeUri(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
    .map((segment) => percentEncoded(segment))
    .join('/');
}
