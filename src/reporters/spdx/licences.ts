import { printable } from '#foundation/index.ts';
import { classifyLicence, joinExpressions } from '#licences/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import { fingerprint } from '../identity.ts';

export interface LicenceTable {
  /** The `licenseDeclared` of a package: an expression that is valid in this document. */
  declared(texts: readonly string[]): string;
  /** What the document must say about every `LicenseRef-` that it uses. */
  readonly extracted: readonly { readonly licenseId: string; readonly name: string; readonly extractedText: string }[];
}

/** Words that are no SPDX expression become a `LicenseRef-` of this document with the words as its text. */
export function licenceTable(packages: readonly InstalledPackage[]): LicenceTable {
  const expressions = new Map<string, string>();
  const extracted: { licenseId: string; name: string; extractedText: string }[] = [];
  for (const text of new Set(packages.flatMap((one) => one.licences))) {
    const licence = classifyLicence(text);
    if (licence.kind === 'id') expressions.set(text, licence.id);
    else if (licence.kind === 'expression') expressions.set(text, licence.expression);
    else if (licence.words !== '') {
      const licenseId = referenceOf(licence.words);
      expressions.set(text, licenseId);
      if (extracted.every((one) => one.licenseId !== licenseId)) {
        extracted.push({ licenseId, name: printable(licence.words).slice(0, 200), extractedText: licence.words });
      }
    }
  }
  return { declared: (texts) => declared(texts.flatMap((text) => expressions.get(text) ?? [])), extracted };
}

function declared(expressions: readonly string[]): string {
  const different = [...new Set(expressions)];
  return different.length === 0 ? 'NOASSERTION' : joinExpressions(different);
}

/** The same words give the same reference in every document; the hash keeps words apart that differ in punctuation only. */
function referenceOf(words: string): string {
  const readable = words
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return `LicenseRef-${readable === '' ? 'words' : readable}-${fingerprint(words).slice(0, 8)}`;
}
