import { jsonText, Rows } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { spdxDocument } from '../spdx/document.ts';
import { graphElements } from './graph.ts';

export const spdx3: Reporter = {
  id: 'spdx3',
  title: 'SPDX 3.0.1 JSON-LD: software bill of materials',
  references: ['https://spdx.github.io/spdx-spec/v3.0.1/'],
  maturity: 'stable',
  mediaType: 'application/ld+json; profile="https://spdx.org/rdf/3.0.1/terms"',
  fileExtension: '.spdx.jsonld',
  render: (report, options) =>
    jsonText({
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': new Rows(graphElements(spdxDocument(report, options), report.artifact)),
    }),
};
