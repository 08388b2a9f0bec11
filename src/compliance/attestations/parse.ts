import { isMap, isSeq, type Node } from 'yaml';
import {
  itemsOf,
  memberOf,
  membersOf,
  readUserYaml,
  textOf,
  textsOf,
  UserEntry,
  type UserYaml,
} from '#foundation/documents/user-yaml.ts';
import { type Problem, suggestion } from '#foundation/index.ts';
import { isDate } from '#policy/index.ts';
import type { Attestation, AttestationSubject } from '../report.ts';

/** What a file of statements gives: those that can be read, and a problem for each that cannot. */
export interface AttestationList {
  readonly attestations: readonly Attestation[];
  readonly problems: readonly Problem[];
}

const members = ['control', 'framework', 'clause', 'state', 'statement', 'by', 'date', 'expires', 'evidence'];
const states = ['met', 'not-met', 'not-applicable'] as const;
const MAX_ENTRIES = 5000;
const MAX_LENGTH = 4000;
const MAX_EVIDENCE = 50;

/** Pure. Reads docs/reference/attestations.md. An entry with a fault is named with its line and left out; the others hold. */
export function parseAttestations(text: string, file: string): AttestationList {
  const yaml = readUserYaml(text, file);
  if (!yaml.ok) return { attestations: [], problems: [invalidAttestation(yaml.error, file)] };
  const problems = documentFaults(yaml.value, file).map((fault) => invalidAttestation(fault, file));
  const attestations: Attestation[] = [];
  for (const entry of itemsOf(memberOf(yaml.value.root, 'attestations')).slice(0, MAX_ENTRIES)) {
    const reader = new EntryReader(yaml.value, file, entry);
    const attestation = reader.read();
    if (attestation) attestations.push(attestation);
    problems.push(...reader.faults.map((fault) => invalidAttestation(fault, file)));
  }
  return { attestations, problems };
}

/** A statement that is not heard. What it was meant to answer stays open, so nothing looks better than it is. */
export function invalidAttestation(message: string, file: string): Problem {
  return { code: 'attestation-invalid', message, effect: 'degraded', subject: file };
}

function documentFaults({ root, place }: UserYaml, file: string): string[] {
  if (root === null) return [];
  const list = memberOf(root, 'attestations');
  if (!isMap(root) || !membersOf(root).some(({ name }) => name === 'attestations'))
    return [`${file}: has no list "attestations:"`];
  const known = ['attestations', 'version'];
  const foreign = membersOf(root).filter(({ name }) => !known.includes(name));
  return [
    ...foreign.map(
      ({ name, key }) => `${place(key)}: unknown member ${JSON.stringify(name)}${suggestion(name, known)}`,
    ),
    ...(list !== null && !isSeq(list) && textOf(list) !== '' ? [`${place(list)}: "attestations" is a list`] : []),
    ...(isSeq(list) && list.items.length > MAX_ENTRIES ? [`${place(list)}: only ${MAX_ENTRIES} entries are read`] : []),
  ];
}

class EntryReader extends UserEntry {
  readonly #file: string;

  constructor(yaml: UserYaml, file: string, entry: Node | null) {
    super(yaml, entry, members, 'an attestation is a mapping: "control: …", "state: …", "statement: …"');
    this.#file = file;
  }

  /** The statement, or undefined when there is a fault in it. */
  read(): Attestation | undefined {
    if (!isMap(this.entry)) return undefined;
    const subject = this.#subject();
    const state = this.#state();
    const [statement, by] = [this.#text('statement'), this.#text('by')];
    const [date, expires] = [this.#date('date'), this.#date('expires')];
    const evidence = this.#evidence();
    if (date !== undefined && expires !== undefined && expires <= date)
      this.fault(this.#node('expires'), 'a statement holds for a day at least: "expires" is later than "date"');
    if (!subject || !state || this.faults.length > 0) return undefined;
    if (statement === undefined || by === undefined || date === undefined || expires === undefined) return undefined;
    const statedIn = this.statedIn(this.#file);
    return { subject, state, statement, by, date, expires, evidence, statedIn };
  }

  #subject(): AttestationSubject | undefined {
    const has = (name: string) => this.members.has(name);
    if (has('control') && (has('framework') || has('clause')))
      this.fault(this.entry, 'is about a control or about a clause of a framework, not both');
    if (has('control')) {
      const control = this.#text('control');
      return control === undefined ? undefined : { control };
    }
    if (!has('framework') && !has('clause')) {
      this.fault(this.entry, 'says not what it is about: "control: …", or "framework: …" and "clause: …"');
      return undefined;
    }
    const [framework, clause] = [this.#text('framework'), this.#text('clause')];
    return framework === undefined || clause === undefined ? undefined : { framework, clause };
  }

  #state(): Attestation['state'] | undefined {
    const written = this.#text('state');
    const state = states.find((one) => one === written);
    if (written !== undefined && state === undefined)
      this.fault(
        this.#node('state'),
        `unknown state ${JSON.stringify(written.slice(0, 40))}${suggestion(written, states)}`,
      );
    return state;
  }

  #text(name: string): string | undefined {
    const node = this.#node(name);
    const text = textOf(node)?.trim();
    if (!this.members.has(name)) this.fault(this.entry, `has no "${name}"`);
    else if (text === undefined || text === '') this.fault(node, `"${name}" is a text`);
    else if (text.length > MAX_LENGTH) this.fault(node, `"${name}" has more than ${MAX_LENGTH} characters`);
    else return text;
    return undefined;
  }

  #date(name: string): string | undefined {
    const text = this.#text(name);
    if (text === undefined || isDate(text)) return text;
    this.fault(this.#node(name), `"${name}" is a day of the calendar: 2027-06-30`);
    return undefined;
  }

  #evidence(): string[] {
    if (!this.members.has('evidence')) return [];
    const texts = textsOf(this.#node('evidence'));
    if (texts === undefined) this.fault(this.#node('evidence'), '"evidence" is a list of texts');
    else if (texts.length > MAX_EVIDENCE || texts.some(({ length }) => length > MAX_LENGTH))
      this.fault(this.#node('evidence'), `"evidence" has at most ${MAX_EVIDENCE} texts of ${MAX_LENGTH} characters`);
    else return texts;
    return [];
  }

  #node(name: string): Node | null {
    return this.members.get(name)?.value ?? null;
  }
}
