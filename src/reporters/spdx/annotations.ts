import type { Fact } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';

/** A remark on an element. */
export interface SpdxAnnotation {
  readonly annotationDate: string;
  readonly annotationType: 'OTHER';
  readonly annotator: string;
  readonly comment: string;
}

export type Annotate = (facts: readonly Fact[]) => readonly SpdxAnnotation[] | undefined;

/** Writes facts as one annotation, `plimsoll:facts {"cataloger":"dpkg-db"}`: the format has no properties. */
export function annotator({ createdAt, tool }: ScanReport): Annotate {
  const annotationDate = wholeSeconds(createdAt);
  const annotator = `Tool: ${tool.name}-${tool.version}`;
  return (facts) =>
    facts.length === 0
      ? undefined
      : [{ annotationDate, annotationType: 'OTHER', annotator, comment: factsComment(facts) }];
}

/** Names that occur more than once have a list. */
function factsComment(facts: readonly Fact[]): string {
  const byName = Map.groupBy(facts, ([name]) => name);
  const members = [...byName].map(([name, all]) => [
    name,
    all.length === 1 ? all[0]?.[1] : all.map(([, value]) => value),
  ]);
  // In tag-value a text ends with `</text>`; the escape is JSON's own.
  return `plimsoll:facts ${JSON.stringify(Object.fromEntries(members)).replaceAll('<', '\\u003c')}`;
}

/** The specification wants `YYYY-MM-DDThh:mm:ssZ`: no fraction, no offset. */
export function wholeSeconds(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
