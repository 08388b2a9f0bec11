import { inChunks } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { junitDocument } from './document.ts';

export const junit: Reporter = {
  id: 'junit',
  title: 'JUnit XML: a test for every check and finding, for CI systems',
  references: [
    'https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd',
    'https://github.com/testmoapp/junitxml',
  ],
  maturity: 'stable',
  mediaType: 'application/xml; charset=utf-8',
  fileExtension: '.junit.xml',
  render: (report) => inChunks(junitDocument(report)),
};
