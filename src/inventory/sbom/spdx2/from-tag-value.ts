import { linesOf, type Members } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';

/** A package, a licence, an annotation, or the document itself, as its members. */
type Element = Record<string, unknown>;

/**
 * The members that the JSON form of the same document would have, as far as they are read. A tag-value document is a list of
 * `Tag: value` lines in which some tags (`PackageName`, `FileName`, `LicenseID`, `Annotator`) begin a new element; values of several
 * lines stand between `<text>` and `</text>`. https://spdx.github.io/spdx-spec/v2.3/
 */
export function membersOfTagValue(text: string): Result<Members> {
  const reader = new TagValueReader();
  for (const pair of pairsIn(text)) reader.take(pair.tag, pair.value);
  return reader.document();
}

interface TagPair {
  readonly tag: string;
  readonly value: string;
}

function* pairsIn(text: string): Generator<TagPair> {
  let tag = '';
  let lines: string[] | undefined;
  for (const line of linesOf(text)) {
    if (lines !== undefined) {
      const end = line.indexOf('</text>');
      lines.push(end === -1 ? line : line.slice(0, end));
      if (end === -1) continue;
      yield { tag, value: lines.join('\n') };
      lines = undefined;
      continue;
    }
    const colon = line.startsWith('#') ? -1 : line.indexOf(':');
    if (colon <= 0) continue;
    tag = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (!value.startsWith('<text>')) yield { tag, value };
    else {
      const end = value.indexOf('</text>');
      if (end !== -1) yield { tag, value: value.slice('<text>'.length, end) };
      else lines = [value.slice('<text>'.length)];
    }
  }
  // A text that never ends is the rest of the document.
  if (lines !== undefined) yield { tag, value: lines.join('\n') };
}

class TagValueReader {
  readonly #creators: string[] = [];
  readonly #packages: Element[] = [];
  readonly #licences: Element[] = [];
  readonly #relationships: Element[] = [];
  readonly #annotations: Element[] = [];
  readonly #root: Element = {};
  readonly #creation: Element = {};
  /** The element that the following tags belong to; files and snippets are passed over. */
  #element: Element | 'passed over' = this.#root;

  take(tag: string, value: string): void {
    const begun = this.#begin(tag, value);
    if (begun) return;
    if (tag === 'Relationship') this.#relate(value);
    else if (tag === 'RelationshipComment') this.#ofRelationship(value);
    else if (tag === 'SPDXID') this.#identify(value);
    else if (this.#annotate(tag, value)) return;
    else if (this.#element === this.#root) this.#aboutDocument(tag, value);
    else if (this.#element !== 'passed over') this.#aboutElement(this.#element, tag, value);
  }

  document(): Result<Members> {
    if (typeof this.#root['spdxVersion'] !== 'string') return err('names no SPDX version');
    const byId = new Map([...this.#packages, this.#root].map((element) => [element['SPDXID'], element]));
    for (const annotation of this.#annotations) {
      const owner = byId.get(annotation['element']);
      if (owner !== undefined) append(owner, 'annotations', annotation);
    }
    return ok({
      ...this.#root,
      creationInfo: { ...this.#creation, creators: this.#creators },
      packages: this.#packages,
      relationships: this.#relationships,
      hasExtractedLicensingInfos: this.#licences,
    });
  }

  #begin(tag: string, value: string): boolean {
    const element = beginnings.get(tag)?.(value);
    if (element === undefined) return false;
    this.#element = element;
    if (element === 'passed over') return true;
    if (tag === 'PackageName') this.#packages.push(element);
    else this.#licences.push(element);
    return true;
  }

  #identify(value: string): void {
    if (this.#element !== 'passed over') this.#element['SPDXID'] = value;
  }

  #relate(value: string): void {
    const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/, 3);
    this.#relationships.push({ spdxElementId, relationshipType, relatedSpdxElement });
  }

  #ofRelationship(comment: string): void {
    const last = this.#relationships.at(-1);
    if (last !== undefined) last['comment'] = comment;
  }

  /** An annotation names its element itself, wherever it stands. */
  #annotate(tag: string, value: string): boolean {
    if (tag === 'Annotator') this.#annotations.push({ annotator: value });
    else if (tag === 'SPDXREF') this.#ofAnnotation('element', value);
    else if (tag === 'AnnotationComment') this.#ofAnnotation('comment', value);
    else return tag === 'AnnotationDate' || tag === 'AnnotationType';
    return true;
  }

  #ofAnnotation(name: string, value: string): void {
    const last = this.#annotations.at(-1);
    if (last !== undefined) last[name] = value;
  }

  #aboutDocument(tag: string, value: string): void {
    if (tag === 'Creator') this.#creators.push(value);
    else if (tag === 'Created') this.#creation['created'] = value;
    else set(this.#root, documentTags, tag, value);
  }

  #aboutElement(element: Element, tag: string, value: string): void {
    if (tag === 'ExternalRef') {
      const [referenceCategory, referenceType, referenceLocator] = value.split(/\s+/, 3);
      append(element, 'externalRefs', { referenceCategory, referenceType, referenceLocator });
    } else if (tag === 'PackageAttributionText') append(element, 'attributionTexts', value);
    else if (tag === 'PackageChecksum') {
      const [algorithm, checksumValue] = value.split(/:\s*/, 2);
      append(element, 'checksums', { algorithm, checksumValue });
    } else set(element, elementTags, tag, value);
  }
}

const beginnings = new Map<string, (value: string) => Element | 'passed over'>([
  ['PackageName', (name) => ({ name })],
  ['LicenseID', (licenseId) => ({ licenseId })],
  ['FileName', () => 'passed over'],
  ['SnippetSPDXID', () => 'passed over'],
]);

const documentTags = new Map([
  ['SPDXVersion', 'spdxVersion'],
  ['DocumentName', 'name'],
  ['DocumentNamespace', 'documentNamespace'],
]);

const elementTags = new Map([
  ['PackageVersion', 'versionInfo'],
  ['PackageSupplier', 'supplier'],
  ['PackageOriginator', 'originator'],
  ['PackageLicenseDeclared', 'licenseDeclared'],
  ['PackageLicenseConcluded', 'licenseConcluded'],
  ['PackageSourceInfo', 'sourceInfo'],
  ['PrimaryPackagePurpose', 'primaryPackagePurpose'],
  ['LicenseName', 'name'],
  ['ExtractedText', 'extractedText'],
]);

function set(element: Element, tags: ReadonlyMap<string, string>, tag: string, value: string): void {
  const name = tags.get(tag);
  if (name !== undefined) element[name] ??= value;
}

function append(element: Element, name: string, value: unknown): void {
  const list = element[name];
  if (Array.isArray(list)) list.push(value);
  else element[name] = [value];
}
