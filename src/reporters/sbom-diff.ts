import type { InstalledPackage } from '#model/index.ts';
import { type PackageDifference, packageChanges, type SbomDiff, type ScanReport } from '#scan/index.ts';
import { jsonText, lazily, Rows } from './json-text.ts';
import { markdownTable } from './markdown-text.ts';
import { changeTitles, countsWords, layerWords, licenceWords, type SbomComparison } from './sbom-diff-words.ts';
import { sbomDiffTable } from './table/sbom-diff.ts';

export const sbomDiffFormats = ['table', 'json', 'markdown'] as const;
export type SbomDiffFormat = (typeof sbomDiffFormats)[number];

/** In pieces. The table is for a terminal of `width` columns; names come from the compared content and are made harmless. */
export function renderSbomDiff(
  comparison: SbomComparison,
  format: SbomDiffFormat,
  options: { readonly color: boolean; readonly width: number },
): Iterable<string> {
  switch (format) {
    case 'json':
      return jsonText(jsonDocument(comparison));
    case 'markdown':
      return markdown(comparison);
    case 'table':
      return sbomDiffTable(comparison, options);
  }
}

function jsonDocument({ before, after, diff }: SbomComparison): unknown {
  const counts = packageChanges.map((change) => [change, ofChange(diff, change).length]);
  return {
    schema: 'plimsoll.sbom-diff.v1',
    tool: after.tool,
    before: sideOf(before),
    after: sideOf(after),
    summary: { ...Object.fromEntries(counts), unchanged: diff.unchanged },
    differences: new Rows(
      lazily(diff.differences, ({ change, isRelicensed, before: old, after: now }) => ({
        change,
        type: (now ?? old)?.type,
        name: (now ?? old)?.name,
        architecture: (now ?? old)?.architecture,
        before: old && stateOf(old),
        after: now && stateOf(now),
        isRelicensed,
      })),
    ),
    problems: [...problemsOf(before, 'before'), ...problemsOf(after, 'after')],
  };
}

function sideOf({ artifact, distribution, packages }: ScanReport): unknown {
  const { name, kind, scheme, manifestDigest, configDigest, document } = artifact;
  const system = distribution && { id: distribution.id, version: distribution.version };
  return {
    name,
    kind,
    scheme,
    manifestDigest,
    configDigest,
    document,
    distribution: system,
    packages: packages.length,
  };
}

function stateOf({ version, purl, licences, origin }: InstalledPackage): unknown {
  return { version, purl, licences, layer: origin.layer?.index };
}

function problemsOf({ problems }: ScanReport, side: string): unknown[] {
  return problems.filter(({ effect }) => effect !== 'note').map((problem) => ({ side, ...problem }));
}

function* markdown({ before, after, diff }: SbomComparison): Iterable<string> {
  yield* markdownTable(
    ['', 'name', 'packages'],
    [before, after].map(({ artifact, packages }, index) => [
      index === 0 ? 'before' : 'after',
      artifact.name,
      String(packages.length),
    ]),
  );
  yield `\n${countsWords(diff)}\n`;
  for (const change of packageChanges) {
    const rows = ofChange(diff, change);
    if (rows.length === 0) continue;
    yield `\n### ${changeTitles[change]}\n\n`;
    yield* markdownTable(['type', 'package', 'before', 'after', 'remarks'], rows.map(markdownRow));
  }
}

function markdownRow(one: PackageDifference): string[] {
  const { before, after } = one;
  const { type = '', name = '' } = after ?? before ?? {};
  const remarks = [licenceWords(one), layerWords(one)].filter((words) => words !== undefined);
  return [type, name, before?.version ?? '', after?.version ?? '', remarks.join('; ')];
}

function ofChange({ differences }: SbomDiff, change: PackageDifference['change']): PackageDifference[] {
  return differences.filter((one) => one.change === change);
}
