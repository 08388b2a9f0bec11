import { printable } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import { severityRank } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { vulnerabilityPage, webAddress } from '../web-address.ts';
import { limits, shortText } from './limits.ts';

const maxHelpReferences = 10;

/** One rule a vulnerability; its severity is the worst that any package has it with. */
export function rule(findings: readonly VulnerabilityFinding[]): unknown {
  const worst = findings.reduce((a, b) => (severityRank(b.severity) < severityRank(a.severity) ? b : a));
  const summary = worst.summary ?? `Vulnerability ${worst.id}`;
  return {
    id: worst.id,
    name: 'VulnerablePackage',
    shortDescription: { text: shortText(`${worst.id}: ${summary}`, 300) },
    fullDescription: { text: shortText(summary) },
    helpUri: helpUri(worst),
    help: { text: helpText(worst), markdown: helpMarkdown(worst) },
    defaultConfiguration: { level: levelOf(worst.severity) },
    properties: {
      tags: tags(worst),
      precision: 'very-high',
      'security-severity': securitySeverity[worst.severity],
      'problem.severity': { error: 'error', warning: 'warning', note: 'recommendation' }[levelOf(worst.severity)],
    },
  };
}

export type Level = 'error' | 'warning' | 'note';

export function levelOf(severity: Severity): Level {
  if (severity === 'critical' || severity === 'high') return 'error';
  return severity === 'low' || severity === 'info' ? 'note' : 'warning';
}

/**
 * The middle of the band that code scanning shows as this severity, so that it agrees with the report even where the publisher's
 * own rating differs from a base score. No number for `unknown`: it is not zero.
 */
const securitySeverity: Readonly<Record<Severity, string | undefined>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
  unknown: undefined,
};

function helpUri(one: VulnerabilityFinding): string | undefined {
  return one.references.flatMap((reference) => webAddress(reference) ?? [])[0] ?? vulnerabilityPage(one.id);
}

function helpLines(one: VulnerabilityFinding): string[] {
  const { kev, epss } = one.enrichment;
  return [
    `Severity: ${one.severity}${one.severitySource === undefined ? '' : ` (${one.severitySource})`}`,
    ...(one.aliases.length === 0 ? [] : [`Also known as: ${one.aliases.join(', ')}`]),
    ...(one.published === undefined ? [] : [`Published: ${one.published}`]),
    ...(kev
      ? [`Known to be exploited since ${kev.dateAdded}${kev.ransomware ? ', in ransomware campaigns' : ''}`]
      : []),
    ...(epss ? [`EPSS: ${(epss.probability * 100).toFixed(1)} % in the next 30 days (${epss.date})`] : []),
    ...one.scores.map((score) => `${score.type}: ${score.value}`),
  ].map((line) => shortText(line));
}

function helpText(one: VulnerabilityFinding): string {
  const links = one.references.flatMap((reference) => webAddress(reference) ?? []).slice(0, maxHelpReferences);
  return [printable(one.summary ?? one.id), ...helpLines(one), ...links].join('\n');
}

function helpMarkdown(one: VulnerabilityFinding): string {
  const links = one.references.flatMap((reference) => webAddress(reference) ?? []).slice(0, maxHelpReferences);
  return [
    escapeMarkdown(printable(one.summary ?? one.id)),
    '',
    ...helpLines(one).map((line) => `- ${escapeMarkdown(line)}`),
    ...links.map((link) => `- <${link.replace(/[<>]/g, encodeURIComponent)}>`),
  ].join('\n');
}

/** Markdown and the HTML that it lets through come from feeds: every character that could start either is taken by its word. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `\\${character}`);
}

function tags(one: VulnerabilityFinding): string[] {
  const marks = ['security', 'vulnerability', one.severity, one.package.type];
  if (one.enrichment.kev) marks.push('known-exploited');
  if (one.fixedVersion !== undefined) marks.push('fix-available');
  return marks.slice(0, limits.tags);
}
