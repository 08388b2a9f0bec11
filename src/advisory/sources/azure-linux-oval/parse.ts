import { childOf, textOf, type XmlElement } from '#foundation/documents/index.ts';
import type { Advisory, AffectedPackage } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import type { AdvisoryDocument } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asId, asName } from '../../documents/json-values.ts';
import { type OvalHead, ovalTests, readOvalHead } from '../../documents/oval.ts';
import { xmlElements } from '../../documents/xml-elements.ts';
import { severityFromWord } from '../../severity-words.ts';

const LIMITS = { maxBytes: 2 * 1024 ** 3, maxElementBytes: 4 * 1024 * 1024 };
const ELEMENTS = ['definition', 'rpminfo_test', 'rpminfo_object', 'rpminfo_state'];
const BATCH = 500;

/**
 * Reads one definition for each vulnerability of a package. Its only test leads to an object, the name of a source package, and
 * a state, the versions that have it. `patchable` says whether there is a fix; `Not Applicable` that the package never had it.
 */
export async function* parseAzureOval(document: AdvisoryDocument, feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  const reader = new OvalReader(feed.ecosystems[0] ?? '');
  try {
    for await (const elements of xmlElements(document.stream(LIMITS.maxBytes), ELEMENTS, LIMITS.maxElementBytes))
      for (const element of elements) reader.take(element.ok ? element.value : undefined);
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  // Definitions come before what they refer to, so that nothing can be given out earlier.
  const records = reader.records();
  for (let at = 0; at < records.length; at += BATCH) yield records.slice(at, at + BATCH);
  yield records.length === 0 ? [failure(document, 'holds no readable definition')] : reader.ending();
}

interface Definition {
  readonly head: OvalHead;
  readonly patchable: string;
  readonly test: string;
}

class OvalReader {
  readonly #ecosystem: string;
  readonly #tally = new RecordTally();
  readonly #definitions: Definition[] = [];
  readonly #tests = new Map<string, { readonly object: string; readonly state: string }>();
  readonly #names = new Map<string, string>();
  readonly #states = new Map<string, { readonly operation: string; readonly version: string }>();

  constructor(ecosystem: string) {
    this.#ecosystem = ecosystem;
  }

  take(element: XmlElement | undefined): void {
    const id = element?.attributes.get('id');
    if (element === undefined || id === undefined) this.#unreadable('an element');
    else if (element.name === 'definition') this.#takeDefinition(id, element);
    else if (element.name === 'rpminfo_test') this.#takeTest(id, element);
    else if (element.name === 'rpminfo_object') this.#names.set(id, textOf(element, 'name') ?? '');
    else this.#takeState(id, element);
  }

  #takeTest(id: string, element: XmlElement): void {
    const object = childOf(element, 'object')?.attributes.get('object_ref') ?? '';
    const state = childOf(element, 'state')?.attributes.get('state_ref') ?? '';
    this.#tests.set(id, { object, state });
  }

  #takeState(id: string, element: XmlElement): void {
    const version = childOf(element, 'evr');
    const operation = version?.attributes.get('operation') ?? '';
    this.#states.set(id, { operation, version: version?.text ?? '' });
  }

  #takeDefinition(id: string, element: XmlElement): void {
    const head = readOvalHead(element);
    const [only, ...others] = ovalTests(element);
    if (head === undefined || only === undefined || others.length > 0) {
      this.#unreadable(id);
      return;
    }
    const patchable = textOf(element, 'metadata', 'patchable')?.toLowerCase() ?? '';
    this.#definitions.push({ head, patchable, test: only.test });
  }

  #unreadable(subject: string): void {
    this.#tally.add(
      'oval-definition-unreadable',
      'incomplete',
      'definitions could not be read and were left out',
      subject,
    );
  }

  records(): FeedRecord[] {
    return this.#definitions.flatMap((definition): FeedRecord[] => {
      const affected = this.#affectedBy(definition);
      const advisory = affected && advisoryOf(definition.head, affected);
      if (advisory !== undefined) return [{ kind: 'advisory', advisory }];
      this.#unreadable(definition.head.id);
      return [];
    });
  }

  #affectedBy({ patchable, test }: Definition): AffectedPackage | undefined {
    const references = this.#tests.get(test);
    const name = asName(this.#names.get(references?.object ?? ''));
    const state = this.#states.get(references?.state ?? '');
    const version = asName(state?.version);
    if (name === undefined || version === undefined) return undefined;
    const range = RANGES.get(state?.operation ?? '')?.(version);
    if (range === undefined) return undefined;
    const status = patchable === 'not applicable' ? 'not-affected' : 'fixed' in range ? 'fixed' : 'affected';
    const ranges = status === 'not-affected' ? [] : [range];
    return { ecosystem: this.#ecosystem, name, subject: 'source', scheme: 'rpm', status, ranges, versions: [] };
  }

  ending(): FeedRecord[] {
    return this.#tally.records();
  }
}

const RANGES: ReadonlyMap<string, (version: string) => { fixed: string } | { lastAffected: string }> = new Map<
  string,
  (version: string) => { fixed: string } | { lastAffected: string }
>([
  ['less than', (fixed) => ({ fixed })],
  ['less than or equal', (lastAffected) => ({ lastAffected })],
]);

function advisoryOf(head: OvalHead, affected: AffectedPackage): Advisory | undefined {
  const id = asId(head.cves[0]);
  if (id === undefined) return undefined;
  const severity = severityFromWord(head.severity);
  return {
    id,
    source: 'azure-linux-oval',
    aliases: [],
    bundles: [],
    ...(head.title === undefined ? {} : { summary: head.title }),
    ...(severity === undefined ? {} : { severity }),
    scores: [],
    ...(head.published === undefined ? {} : { published: head.published }),
    references: head.references,
    affected: [affected],
  };
}
