import type { ScanReport } from '#scan/index.ts';

/**
 * The report with every text changed that comes from an artifact, a feed, a rule of the user or a decision. What is ours stays: words of
 * closed lists, digests, package URLs.
 */
export function withForeignWords(report: ScanReport, change: (text: string) => string): ScanReport {
  const { artifact, distribution, packages, findings, problems } = report;
  const parts = { artifact, packages, findings, problems, ...(distribution && { distribution }) };
  const unassessed = report.unassessed.map((one) => ({
    ...one,
    message: change(one.message),
    examples: one.examples.map(change),
  }));
  return { ...report, ...changeTexts(parts, change), unassessed };
}

/** Names of members whose words no stranger chooses. */
const ownWords: ReadonlySet<string> = new Set([
  ...['kind', 'type', 'scheme', 'part', 'effect', 'code', 'severity', 'state', 'confidence', 'category', 'source'],
  ...['scope', 'relation', 'evidence', 'direction', 'verdict', 'subject', 'exploitation', 'technicalImpact'],
  ...['manifestDigest', 'indexDigest', 'configDigest', 'diffId', 'blobDigest', 'sha256', 'fingerprint', 'purl'],
  'justification',
]);

/** Parts whose `id` is of a closed list. */
const ownIds: ReadonlySet<string> = new Set(['window', 'base', 'facts']);

/** A copy of plain data in which each text is changed that is not ours. */
function changeTexts<T>(node: T, change: (text: string) => string): T;
function changeTexts(node: unknown, change: (text: string) => string): unknown {
  return changed(node, change, '', '');
}

/** `key` names the member that `node` stands in, of an item the list's; `parent` the one around that. */
function changed(node: unknown, change: (text: string) => string, key: string, parent: string): unknown {
  if (typeof node === 'string') return ownWords.has(key) || (key === 'id' && ownIds.has(parent)) ? node : change(node);
  if (Array.isArray(node)) return node.map((item) => changed(item, change, key, parent));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, changed(member, change, name, key)]));
}
