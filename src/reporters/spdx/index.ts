import { jsonText, Rows } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { spdxDocument } from './document.ts';
import { spdx2Members } from './members.ts';

export const spdx: Reporter = {
  id: 'spdx',
  title: 'SPDX 2.3 JSON: software bill of materials',
  references: ['https://spdx.github.io/spdx-spec/v2.3/'],
  maturity: 'stable',
  mediaType: 'application/spdx+json',
  fileExtension: '.spdx.json',
  render(report, options) {
    const { packages, relationships, ...document } = spdx2Members(spdxDocument(report, options));
    return jsonText({ ...document, packages: new Rows(packages), relationships: new Rows(relationships) });
  },
};
