import { printable } from '#foundation/index.ts';
import { type Severity, severityRank } from '#model/index.ts';
import type { Finding } from '#scan/index.ts';
import { webAddress } from '../web-address.ts';
import { type DescribedRule, describe } from './kinds/index.ts';
import { limits, shortText } from './limits.ts';

const maxHelpReferences = 10;

/** One rule for its findings; its severity is the worst of theirs. */
export function rule(findings: readonly Finding[]): unknown {
  const worst = findings.reduce((a, b) => (severityRank(b.severity) < severityRank(a.severity) ? b : a));
  const { rule: described } = describe(worst);
  const level = levelOf(worst.severity);
  return {
    id: described.id,
    name: described.name,
    shortDescription: { text: shortText(described.title, 300) },
    fullDescription: { text: shortText(described.text) },
    helpUri: described.helpUri,
    help: { text: helpText(described), markdown: helpMarkdown(described) },
    defaultConfiguration: { level },
    properties: {
      tags: described.tags.slice(0, limits.tags),
      precision: described.precision,
      'security-severity': securitySeverity[worst.severity],
      'problem.severity': { error: 'error', warning: 'warning', note: 'recommendation' }[level],
    },
  };
}

type Level = 'error' | 'warning' | 'note';

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

function links({ references }: DescribedRule): string[] {
  return references.flatMap((reference) => webAddress(reference) ?? []).slice(0, maxHelpReferences);
}

function helpText(described: DescribedRule): string {
  const lines = described.lines.map((line) => shortText(line));
  return [printable(described.text), ...lines, ...links(described)].join('\n');
}

function helpMarkdown(described: DescribedRule): string {
  return [
    escapeMarkdown(printable(described.text)),
    '',
    ...described.lines.map((line) => `- ${escapeMarkdown(shortText(line))}`),
    ...links(described).map((link) => `- <${link.replace(/[<>]/g, encodeURIComponent)}>`),
  ].join('\n');
}

/** Markdown and the HTML that it lets through come from feeds: every character that could start either is taken by its word. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `\\${character}`);
}
