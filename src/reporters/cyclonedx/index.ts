import { jsonText } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { cyclonedxDocument } from './document.ts';

export const cyclonedx: Reporter = {
  id: 'cyclonedx',
  title: 'CycloneDX 1.6 JSON: software bill of materials with vulnerabilities',
  references: [
    'https://cyclonedx.org/docs/1.6/json/',
    'https://ecma-international.org/publications-and-standards/standards/ecma-424/',
  ],
  maturity: 'stable',
  mediaType: 'application/vnd.cyclonedx+json; version=1.6',
  fileExtension: '.cdx.json',
  render: (report, options) => jsonText(cyclonedxDocument(report, options)),
};
