import type { StandingDecision, SubmittedFinding, SubmittedOccurrence, SubmittedPackage } from '#findings/index.ts';
import { asList, asMembers, asText, entriesOf, memberOf } from '#foundation/documents/index.ts';
import { type Decision, isClosing } from '#model/index.ts';
import { findingKey } from '#policy/index.ts';
import type { SavedFinding } from '#scan/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { maxLengths } from '../../bounds.ts';
import { storable, storableDetails } from '../../text.ts';
import { submittedPackage } from './package.ts';

/** By which a package of a finding is found among those of the report, which say more of it. */
export function placeOf({ purl, path = '' }: Pick<SubmittedPackage, 'purl' | 'path'>): string {
  return `${purl}\0${path}`;
}

/**
 * @param raw the same finding as it stands in the document
 * @param installed the packages of the report, by place
 */
export function submittedFinding(
  finding: SavedFinding,
  raw: unknown,
  installed: ReadonlyMap<string, SubmittedPackage>,
): SubmittedFinding {
  const { kind, id, severity } = finding;
  const aliases = (asList(memberOf(raw, 'aliases')) ?? []).slice(0, 50).flatMap((alias) => asText(alias) ?? []);
  const decision = finding.decision ? decisionOf(finding.decision) : publisherDecision(finding, raw);
  const rank = memberOf(memberOf(raw, 'priority'), 'rank');
  return {
    kind: storable(kind, maxLengths.kind),
    ids: [id, ...aliases].map((one) => storable(one, maxLengths.rule)),
    // Of the key that baselines use, what comes after kind and id.
    subject: storable(findingKey(finding).slice(kind.length + id.length + 2), maxLengths.subject),
    title: storable(titleOf(finding), maxLengths.title),
    severity,
    rank: typeof rank === 'number' && rank >= 0 && rank <= 100 ? rank : 0,
    isExploited: asMembers(memberOf(memberOf(raw, 'enrichment'), 'kev')) !== undefined,
    ...(decision && { decision }),
    details: detailsOf(raw),
    occurrences: [occurrenceOf(finding, raw, installed)],
  };
}

/** Some changelogs say `Fixes` and no more: that tells nobody what it is. */
const LEAST_WORDS = 12;

function titleOf({ title, summary, message, id, package: owner }: SavedFinding): string {
  const inWords = title ?? (summary && summary.length >= LEAST_WORDS ? summary : undefined) ?? message;
  return inWords ?? (owner ? `${id} in ${owner.name}` : id);
}

/** The word of a report; nothing when it leaves the finding open, or when it cannot be read until when it holds. */
function decisionOf(decision: Decision): StandingDecision | undefined {
  const { reason, justification, author, statedIn, expires } = decision;
  if (!isClosing(decision) || reason.trim() === '' || (expires !== undefined && Number.isNaN(Date.parse(expires))))
    return undefined;
  return {
    state: stateOf(decision),
    source: 'report',
    reason: storable(reason, 2000),
    statedIn: storable(statedIn, 500),
    ...(justification !== undefined && { justification: storable(justification, 200) }),
    ...(author !== undefined && { author: storable(author, 200) }),
    ...(expires !== undefined && { until: new Date(expires).toISOString() }),
  };
}

/** A document that calls something fixed speaks of this very artifact: it is not affected. */
function stateOf({ state }: Decision): StandingDecision['state'] {
  if (state === 'false-positive') return state;
  return state === 'not-affected' || state === 'fixed' ? 'not-affected' : 'accepted';
}

function publisherDecision({ kind, state }: SavedFinding, raw: unknown): StandingDecision | undefined {
  if (kind !== 'vulnerability' || state !== 'not-affected') return undefined;
  const evidence = asList(memberOf(raw, 'evidence'))?.[0];
  const advisory = asText(memberOf(evidence, 'advisoryId')) ?? asText(memberOf(raw, 'id')) ?? '';
  return {
    state: 'not-affected',
    source: 'publisher',
    reason: 'The publisher of the advisory says that this package is not affected.',
    statedIn: storable(advisory, 500),
  };
}

const OF_PACKAGE = ['type', 'name', 'version', 'purl', 'source', 'scope', 'relation', 'ownedBy'];

/** All that the report says of it, of the package only what names it. */
function detailsOf(raw: unknown): Readonly<Record<string, unknown>> {
  const members = asMembers(raw);
  if (members === undefined) return {};
  const kept = entriesOf(members).flatMap(([name, value]): (readonly [string, unknown])[] => {
    if (name === 'decision') return [];
    const owner = name === 'package' ? asMembers(value) : undefined;
    return owner
      ? [[name, Object.fromEntries(entriesOf(owner).filter(([part]) => OF_PACKAGE.includes(part)))]]
      : [[name, value]];
  });
  return storableDetails(Object.fromEntries(kept), ['evidence', 'priority', 'references']);
}

function occurrenceOf(
  finding: SavedFinding,
  raw: unknown,
  packages: ReadonlyMap<string, SubmittedPackage>,
): SubmittedOccurrence {
  const owner = memberOf(raw, 'package');
  const named = submittedPackage(owner);
  const installed = named && (packages.get(placeOf(named)) ?? named);
  const origin = finding.location ?? memberOf(owner, 'origin');
  const path = asText(memberOf(origin, 'path')) ?? nameOfPlace(raw);
  const line = memberOf(origin, 'line');
  const layer = asText(memberOf(memberOf(memberOf(raw, 'location') ?? memberOf(owner, 'origin'), 'layer'), 'diffId'));
  return {
    location: storable(path, maxLengths.location),
    ...(installed && { package: installed }),
    details: storableDetails({
      ...(typeof line === 'number' && { line }),
      ...(layer !== undefined && { layer }),
      ...(finding.resource && { resource: finding.resource }),
    }),
  };
}

/** Of a secret that is in no file: `env DB_PASSWORD`. */
function nameOfPlace(raw: unknown): string {
  return ['source', 'name'].flatMap((member) => asText(memberOf(raw, member)) ?? []).join(' ');
}

/** A vulnerability that the server itself matched, as a report would tell it. Its places are for whoever knows them. */
export function submittedVulnerability(finding: VulnerabilityFinding): SubmittedFinding {
  const { symbols: _, files: __, ...owner } = finding.package;
  const told = { ...finding, package: owner };
  return { ...submittedFinding(told, JSON.parse(JSON.stringify(told)), new Map()), occurrences: [] };
}
