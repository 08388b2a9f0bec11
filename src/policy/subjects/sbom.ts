import { field, listOf, optional, type PolicySubject } from './field.ts';

export const sbom: PolicySubject = {
  kind: 'Sbom',
  resource: 'sboms',
  meaning: 'All packages that were found in what was scanned, or that the scanned SBOM lists.',
  spec: {
    name: field('string', 'Of what it describes.'),
    isDocument: field('bool', 'An SBOM was scanned; otherwise it was made from the artifact itself.'),
    format: optional(field('string', 'Of the document: `CycloneDX 1.6 JSON`.')),
    created: optional(field('string', 'RFC 3339, as the document says.')),
    ageDays: optional(field('int', 'Whole days from `created` to the scan.')),
    count: field('int', 'How many components there are.'),
    withoutVersion: field('int', 'Components of which no version is known.'),
    withoutLicence: field('int', 'Components of which no licence is known.'),
    withoutSupplier: field('int', 'Components of which neither vendor nor maintainer is known.'),
    components: listOf('One a package.', {
      name: field('string', ''),
      version: field('string', 'Empty where none is known.'),
      type: field('string', 'As in its package URL.'),
      purl: field('string', 'Package URL.'),
      licences: field('list(string)', 'SPDX expressions where they could be read, otherwise the record’s own words.'),
      supplier: optional(field('string', 'Vendor, or maintainer.')),
      scope: field('string', '`runtime`, `development`, `optional`; `unknown` where records do not tell.'),
      part: field('string', '`base`, `own` or `unknown`.'),
      path: field('string', 'The record that names it.'),
    }),
  },
  example: "object.spec.components.all(c, !(c.name in params.data.forbidden.split(',')))",
};
