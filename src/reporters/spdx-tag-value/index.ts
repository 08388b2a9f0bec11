import type { ScanReport } from '#scan/index.ts';
import { inChunks } from '../json-text.ts';
import type { Reporter, ReporterOptions } from '../reporter.ts';
import { spdxDocument } from '../spdx/document.ts';
import { type Spdx2Annotation, type Spdx2Members, type Spdx2Package, spdx2Members } from '../spdx/members.ts';
import { oneLine, textBlock } from './values.ts';

export const spdxTagValue: Reporter = {
  id: 'spdx-tag-value',
  title: 'SPDX 2.3 tag-value: software bill of materials',
  references: ['https://spdx.github.io/spdx-spec/v2.3/'],
  maturity: 'stable',
  mediaType: 'text/spdx',
  fileExtension: '.spdx',
  render: (report, options) => inChunks(tagValueDocument(report, options)),
};

/** The members of the JSON form as tags; what follows a `PackageName` belongs to that package. */
function* tagValueDocument(report: ScanReport, options: ReporterOptions): Iterable<string> {
  const document = spdx2Members(spdxDocument(report, options));
  yield* documentTags(document);
  for (const one of document.packages) yield* packageTags(one);
  for (const { licenseId, name, extractedText } of document.hasExtractedLicensingInfos ?? []) {
    yield '\n';
    yield tag('LicenseID', licenseId);
    yield tag('ExtractedText', textBlock(extractedText));
    yield tag('LicenseName', oneLine(name));
  }
  yield '\n';
  for (const { spdxElementId, relationshipType, relatedSpdxElement } of document.relationships) {
    yield tag('Relationship', `${spdxElementId} ${relationshipType} ${relatedSpdxElement}`);
  }
}

function* documentTags(document: Spdx2Members): Iterable<string> {
  yield tag('SPDXVersion', document.spdxVersion);
  yield tag('DataLicense', document.dataLicense);
  yield tag('SPDXID', document.SPDXID);
  yield tag('DocumentName', oneLine(document.name));
  yield tag('DocumentNamespace', document.documentNamespace);
  if (document.comment !== undefined) yield tag('DocumentComment', textBlock(document.comment));
  yield tag('LicenseListVersion', document.creationInfo.licenseListVersion);
  for (const creator of document.creationInfo.creators) yield tag('Creator', oneLine(creator));
  yield tag('Created', document.creationInfo.created);
  yield* annotationTags(document.SPDXID, document.annotations);
}

function* packageTags(one: Spdx2Package): Iterable<string> {
  yield `\n${tag('PackageName', oneLine(one.name))}`;
  yield tag('SPDXID', one.SPDXID);
  if (one.versionInfo !== undefined) yield tag('PackageVersion', oneLine(one.versionInfo));
  yield tag('PackageSupplier', oneLine(one.supplier));
  yield tag('PackageDownloadLocation', one.downloadLocation);
  yield tag('FilesAnalyzed', String(one.filesAnalyzed));
  if (one.primaryPackagePurpose !== undefined) {
    // Written with a hyphen here and with an underscore in JSON.
    yield tag('PrimaryPackagePurpose', one.primaryPackagePurpose.replaceAll('_', '-'));
  }
  for (const { algorithm, checksumValue } of one.checksums ?? []) {
    yield tag('PackageChecksum', `${algorithm}: ${checksumValue}`);
  }
  yield tag('PackageLicenseConcluded', one.licenseConcluded);
  yield tag('PackageLicenseDeclared', one.licenseDeclared);
  yield tag('PackageCopyrightText', one.copyrightText);
  if (one.sourceInfo !== undefined) yield tag('PackageSourceInfo', textBlock(one.sourceInfo));
  if (one.description !== undefined) yield tag('PackageDescription', textBlock(one.description));
  for (const { referenceCategory, referenceType, referenceLocator } of one.externalRefs ?? []) {
    yield tag('ExternalRef', oneLine(`${referenceCategory} ${referenceType} ${referenceLocator}`));
  }
  yield* annotationTags(one.SPDXID, one.annotations);
}

function* annotationTags(id: string, annotations: readonly Spdx2Annotation[] | undefined): Iterable<string> {
  for (const { annotator, annotationDate, annotationType, comment } of annotations ?? []) {
    yield tag('Annotator', oneLine(annotator));
    yield tag('AnnotationDate', annotationDate);
    yield tag('AnnotationType', annotationType);
    yield tag('SPDXREF', id);
    yield tag('AnnotationComment', textBlock(comment));
  }
}

function tag(name: string, value: string): string {
  return `${name}: ${value}\n`;
}
