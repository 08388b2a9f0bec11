import { entriesOf, parseJsonText, textsOf } from '#foundation/documents/index.ts';
import type { Fact } from '#model/index.ts';

const MARK = 'plimsoll:facts ';

/**
 * The facts in an annotation that our own writer made (`plimsoll:facts {"cataloger":"dpkg-db",…}`), named as the properties of
 * CycloneDX are; undefined when it is somebody else's.
 */
export function ownFacts(comment: string): Fact[] | undefined {
  if (!comment.startsWith(MARK)) return undefined;
  const read = parseJsonText(comment.slice(MARK.length));
  if (!read.ok) return undefined;
  return entriesOf(read.value).flatMap(([name, value]) =>
    textsOf(value).map((text): Fact => [`plimsoll:${name}`, text]),
  );
}
