import type { ScanReport } from '#scan/index.ts';
import { cyclonedxDocument } from '../cyclonedx/document.ts';
import { inChunks } from '../json-text.ts';
import type { Reporter, ReporterOptions } from '../reporter.ts';
import { xmlText } from '../xml-text.ts';
import { memberElements } from './elements.ts';

export const cyclonedxXml: Reporter = {
  id: 'cyclonedx-xml',
  title: 'CycloneDX 1.6 XML: software bill of materials with vulnerabilities',
  references: [
    'https://cyclonedx.org/docs/1.6/xml/',
    'https://ecma-international.org/publications-and-standards/standards/ecma-424/',
  ],
  maturity: 'stable',
  mediaType: 'application/vnd.cyclonedx+xml; version=1.6',
  fileExtension: '.cdx.xml',
  render: (report, options) => inChunks(xmlDocument(report, options)),
};

/** The members of the JSON form as elements; those that only the JSON form has become the name space. */
function* xmlDocument(report: ScanReport, options: ReporterOptions): Iterable<string> {
  const {
    $schema: _schema,
    bomFormat: _format,
    specVersion,
    serialNumber,
    version,
    ...members
  } = cyclonedxDocument(report, options);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<bom xmlns="http://cyclonedx.org/schema/bom/${specVersion}" serialNumber="${xmlText(serialNumber)}" version="${version}">\n`;
  for (const [name, node] of Object.entries(members)) yield* memberElements(name, node, '  ');
  yield '</bom>\n';
}
