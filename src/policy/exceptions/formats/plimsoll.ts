import { isMap, isSeq, type Node } from 'yaml';
import {
  itemsOf,
  memberOf,
  membersOf,
  readUserYaml,
  textOf,
  textsOf,
  truthOf,
  UserEntry,
  type UserYaml,
} from '#foundation/documents/user-yaml.ts';
import type { Problem } from '#foundation/index.ts';
import { suggestion } from '#foundation/index.ts';
import { globPattern, type Pattern } from '#foundation/patterns/index.ts';
import { exactIds, idCriterion, kindCriterion, objectCriterion, packageCriterion, pathCriterion } from '../criteria.ts';
import {
  type Criterion,
  type Exception,
  type ExceptionList,
  type ExceptionState,
  exceptionStates,
  invalidException,
  isDate,
} from '../exception.ts';

export const exceptionKinds = ['vulnerability', 'secret', 'malware', 'misconfiguration', 'licence', 'policy'] as const;

/** The labels of OpenVEX for `not-affected`. */
export const justifications = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;

export const exceptionMembers = [
  'id',
  'package',
  'path',
  'fingerprint',
  'object',
  'kind',
  'image',
  'reason',
  'state',
  'justification',
  'author',
  'approved-by',
  'created',
  'expires',
  'until-fix',
];

const MAX_ENTRIES = 10_000;

/** Reads our own format: docs/reference/exceptions.md. An entry with a fault is named and left out; the others hold. */
export function parsePlimsollExceptions(text: string, file: string): ExceptionList {
  const yaml = readUserYaml(text, file);
  if (!yaml.ok) return { exceptions: [], problems: [invalidException(yaml.error, file)] };
  const { root } = yaml.value;
  const faults = documentFaults(yaml.value, file);
  const entries = itemsOf(memberOf(root, 'exceptions'));
  const exceptions: Exception[] = [];
  const problems: Problem[] = faults.map((fault) => invalidException(fault, file));
  for (const entry of entries.slice(0, MAX_ENTRIES)) {
    const reader = new EntryReader(yaml.value, file, entry);
    const exception = reader.read();
    if (exception) exceptions.push(exception);
    problems.push(...reader.faults.map((fault) => invalidException(fault, file)));
  }
  return { exceptions, problems };
}

function documentFaults({ root, place }: UserYaml, file: string): string[] {
  if (root === null) return [];
  const list = memberOf(root, 'exceptions');
  if (!isMap(root) || !membersOf(root).some(({ name }) => name === 'exceptions')) {
    return [`${file}: has no list "exceptions:"`];
  }
  const faults: string[] = [];
  for (const { name, key, value } of membersOf(root)) {
    if (name === 'exceptions') continue;
    if (name !== 'version')
      faults.push(
        `${place(key)}: unknown member ${JSON.stringify(name)}${suggestion(name, ['exceptions', 'version'])}`,
      );
    else if (textOf(value) !== '1') faults.push(`${place(value)}: version is 1 here`);
  }
  if (list !== null && !isSeq(list) && textOf(list) !== '') faults.push(`${place(list)}: "exceptions" is a list`);
  if (isSeq(list) && list.items.length > MAX_ENTRIES)
    faults.push(`${place(list)}: only ${MAX_ENTRIES} entries are read`);
  return faults;
}

class EntryReader extends UserEntry {
  readonly #file: string;

  constructor(yaml: UserYaml, file: string, entry: Node | null) {
    super(yaml, entry, exceptionMembers, 'an exception is a mapping: "id: …", "reason: …", "expires: …"');
    this.#file = file;
  }

  /** The exception, or undefined when there is a fault in it. */
  read(): Exception | undefined {
    if (!isMap(this.entry)) return undefined;
    const ids = this.#texts('id');
    const packages = this.#texts('package');
    const paths = this.#texts('path');
    const fingerprints = this.#texts('fingerprint');
    const objects = this.#texts('object');
    const kind = this.#oneOf('kind', exceptionKinds);
    const criteria = [
      ...this.#criterion('id', ids, idCriterion),
      ...this.#criterion('package', packages, packageCriterion),
      ...this.#criterion('path', paths, pathCriterion),
      ...this.#fingerprints(fingerprints),
      ...this.#criterion('object', objects, objectCriterion),
      ...(kind === undefined ? [] : [kindCriterion(kind)]),
    ];
    if (![...ids, ...packages, ...paths, ...fingerprints, ...objects].some((glob) => /[^*?/]/.test(glob)))
      this.fault(
        this.entry,
        'says of nothing in particular; give an id, a package, a path, a fingerprint or an object',
      );
    const image = this.#image();
    const exact = exactIds(ids);
    const exception: Exception = {
      name: [ids.join(', '), [...packages, ...paths, ...fingerprints, ...objects].join(', ')]
        .filter(Boolean)
        .join(' of '),
      statedIn: this.statedIn(this.#file),
      ...this.#statement(),
      ...this.#validity(),
      ...(image && { image }),
      ...(kind !== undefined && { kind }),
      criteria,
      ...(exact && { exactIds: exact }),
    };
    return this.faults.length === 0 ? exception : undefined;
  }

  #statement(): Pick<Exception, 'state' | 'reason' | 'justification' | 'author' | 'approvedBy'> {
    const state = this.#oneOf<ExceptionState>('state', exceptionStates) ?? 'accepted';
    const justification = this.#oneOf('justification', justifications);
    const reason = this.#text('reason')?.trim() ?? '';
    const [author, approvedBy] = [this.#text('author'), this.#text('approved-by')];
    if (reason === '') this.fault(this.members.get('reason')?.value ?? this.entry, 'needs a reason');
    if (justification !== undefined && state !== 'not-affected')
      this.fault(this.members.get('justification')?.key, 'a justification belongs to "state: not-affected"');
    return {
      state,
      reason,
      ...(justification !== undefined && { justification }),
      ...(author !== undefined && { author }),
      ...(approvedBy !== undefined && { approvedBy }),
    };
  }

  #validity(): Pick<Exception, 'created' | 'expires' | 'untilFix'> {
    const [created, expires] = [this.#date('created'), this.#date('expires')];
    const member = this.members.get('until-fix');
    const untilFix = member === undefined ? false : truthOf(member.value);
    if (untilFix === undefined) this.fault(member?.value, 'until-fix is true or false');
    if (!this.members.has('expires') && untilFix !== true)
      this.fault(this.entry, 'needs "expires: YYYY-MM-DD", or "until-fix: true"');
    return { ...(created && { created }), ...(expires && { expires }), untilFix: untilFix === true };
  }

  #criterion(name: string, globs: readonly string[], compile: typeof idCriterion): Criterion[] {
    if (globs.length === 0) return [];
    const criterion = compile(globs);
    if (criterion.ok) return [criterion.value];
    this.fault(this.members.get(name)?.value, `${name}: ${criterion.error}`);
    return [];
  }

  #fingerprints(wanted: readonly string[]): Criterion[] {
    return wanted.length === 0 ? [] : [({ fingerprint }) => fingerprint !== undefined && wanted.includes(fingerprint)];
  }

  #image(): Pattern | undefined {
    const written = this.#text('image');
    const pattern = written === undefined ? undefined : globPattern(written);
    if (pattern?.ok === false) this.fault(this.members.get('image')?.value, `image: ${pattern.error}`);
    return pattern?.ok ? pattern.value : undefined;
  }

  #texts(name: string): readonly string[] {
    const member = this.members.get(name);
    if (member === undefined) return [];
    const texts = textsOf(member.value);
    if (texts !== undefined && texts.length > 0 && texts.every((text) => text.trim() !== '')) return texts;
    this.fault(member.value ?? member.key, `${name} is a text or a list of texts`);
    return [];
  }

  #text(name: string): string | undefined {
    const member = this.members.get(name);
    if (member === undefined) return undefined;
    const text = textOf(member.value);
    if (text === undefined) this.fault(member.value ?? member.key, `${name} is a text`);
    return text;
  }

  #date(name: string): string | undefined {
    const text = this.#text(name);
    if (text === undefined || isDate(text)) return text;
    this.fault(
      this.members.get(name)?.value,
      `${name} is a date as in 2026-12-31, not ${JSON.stringify(text.slice(0, 40))}`,
    );
    return undefined;
  }

  #oneOf<T extends string>(name: string, known: readonly T[]): T | undefined {
    const text = this.#text(name);
    if (text === undefined) return undefined;
    const found = known.find((candidate) => candidate === text);
    if (found === undefined)
      this.fault(
        this.members.get(name)?.value,
        `unknown ${name} ${JSON.stringify(text.slice(0, 60))}${suggestion(text, known)}`,
      );
    return found;
  }
}
