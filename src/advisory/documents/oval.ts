import { childOf, childrenOf, textOf, type XmlElement } from '#foundation/documents/index.ts';
import { asDate, asId, asLine, asLinks } from './json-values.ts';

const MAX_REFERENCES = 5000;
const MAX_DEPTH = 40;

/** What a definition of OVAL says about itself, whoever wrote it. */
export interface OvalHead {
  /** `oval:com.oracle.elsa:def:20244756`. */
  readonly id: string;
  readonly title?: string;
  readonly severity?: string;
  readonly published?: string;
  readonly cves: readonly string[];
  /** The notice that the definition stands for, where one is named: `ELSA-2024-4756`. */
  readonly notice?: string;
  readonly references: readonly string[];
}

/** https://oval-community-guidelines.readthedocs.io/en/latest/oval-schema-documentation/oval-definitions-schema.html */
export function readOvalHead(definition: XmlElement): OvalHead | undefined {
  const id = definition.attributes.get('id');
  const metadata = childOf(definition, 'metadata');
  if (id === undefined || metadata === undefined) return undefined;
  const references = childrenOf(metadata, 'reference').slice(0, MAX_REFERENCES);
  const advisory = childOf(metadata, 'advisory');
  const notice = references.find(({ attributes }) => attributes.get('source') !== 'CVE')?.attributes.get('ref_id');
  const title = asLine(textOf(metadata, 'title'), 300);
  const severity = textOf(advisory, 'severity') ?? textOf(metadata, 'severity');
  const published = asDate(childOf(advisory, 'issued')?.attributes.get('date') ?? textOf(metadata, 'advisory_date'));
  return {
    id,
    ...(title === undefined ? {} : { title }),
    ...(severity === undefined ? {} : { severity }),
    ...(published === undefined ? {} : { published }),
    cves: cvesOf(references, advisory),
    ...(asId(notice) === undefined ? {} : { notice: notice ?? '' }),
    references: asLinks(
      references.map(({ attributes }) => attributes.get('ref_url')),
      12,
    ),
  };
}

const CVE = /^CVE-\d{4}-\d{4,19}$/;

function cvesOf(references: readonly XmlElement[], advisory: XmlElement | undefined): readonly string[] {
  const referenced = references
    .filter(({ attributes }) => attributes.get('source') === 'CVE')
    .map(({ attributes }) => attributes.get('ref_id') ?? '');
  const listed = childrenOf(advisory, 'cve').map(({ text }) => text);
  return [...new Set([...referenced, ...listed])].filter((each) => CVE.test(each));
}

/** One test of a definition, with the comments of every test that has to hold beside it. */
export interface OvalTest {
  readonly comment: string;
  readonly test: string;
  readonly beside: readonly string[];
}

/**
 * The tests of a definition, each with its conditions: those that stand in the same AND, or in one around it. `Oracle Linux 8 is
 * installed AND (arch is x86_64 AND (curl is earlier than …))` is the test of curl beside two others.
 */
export function ovalTests(definition: XmlElement): readonly OvalTest[] {
  const tests: OvalTest[] = [];
  for (const criteria of childrenOf(definition, 'criteria')) collect(criteria, [], tests, 0);
  return tests;
}

function collect(criteria: XmlElement, around: readonly string[], tests: OvalTest[], depth: number): void {
  const leaves = childrenOf(criteria, 'criterion').map(({ attributes }) => ({
    comment: attributes.get('comment') ?? '',
    test: attributes.get('test_ref') ?? '',
  }));
  const isAnd = (criteria.attributes.get('operator') ?? 'AND') === 'AND';
  const beside = isAnd ? [...around, ...leaves.map(({ comment }) => comment)] : around;
  for (const leaf of leaves) tests.push({ ...leaf, beside });
  if (depth === MAX_DEPTH) return;
  for (const child of childrenOf(criteria, 'criteria')) collect(child, beside, tests, depth + 1);
}
