/** What a report says of a finding, as far as it can be read: docs/reference/scan-report.md. Other tools say less. */
export interface FindingDetails {
  readonly summary: string | undefined;
  readonly rationale: string | undefined;
  readonly remediation: string | undefined;
  readonly fixedVersion: string | undefined;
  readonly publisherState: string | undefined;
  readonly published: string | undefined;
  readonly severitySource: string | undefined;
  readonly package:
    | {
        readonly type: string;
        readonly name: string;
        readonly version: string;
        readonly instruction: string | undefined;
        readonly part: string | undefined;
      }
    | undefined;
  readonly place: { readonly path: string; readonly line: number | undefined } | undefined;
  readonly resource: string | undefined;
  readonly preview: string | undefined;
  readonly aliases: readonly string[];
  readonly references: readonly string[];
  readonly controls: readonly string[];
  readonly scores: readonly { readonly type: string; readonly value: string }[];
  readonly epss: { readonly probability: number; readonly date: string } | undefined;
  readonly kev:
    | { readonly dateAdded: string; readonly dueDate: string | undefined; readonly isRansomware: boolean }
    | undefined;
  readonly dependencyPath: readonly string[];
  readonly priority: Priority | undefined;
  readonly evidence: readonly Evidence[];
  /** It can be mended by the program itself. */
  readonly canFix: boolean;
  readonly fixMayBreak: string | undefined;
}

export interface Priority {
  readonly window: string;
  readonly base: string;
  readonly steps: readonly { readonly direction: string; readonly reason: string }[];
  readonly facts: readonly {
    readonly question: string;
    readonly value: string;
    readonly source: string | undefined;
    readonly date: string | undefined;
    readonly effect: string;
  }[];
  readonly counterfactuals: readonly { readonly change: string; readonly window: string }[];
  readonly policy: string;
  readonly isForensic: boolean;
}

export interface Evidence {
  readonly source: string;
  readonly id: string;
  readonly text: string;
}

class Members {
  readonly #value: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    this.#value =
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Readonly<Record<string, unknown>>)
        : {};
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#value, name);
  }

  text(name: string): string | undefined {
    const value = this.has(name) ? this.#value[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.has(name) ? this.#value[name] : undefined;
    return typeof value === 'number' ? value : undefined;
  }

  at(name: string): Members {
    return new Members(this.has(name) ? this.#value[name] : undefined);
  }

  list(name: string): readonly unknown[] {
    const value = this.has(name) ? this.#value[name] : undefined;
    return Array.isArray(value) ? value : [];
  }

  texts(name: string): readonly string[] {
    return this.list(name).filter((one) => typeof one === 'string');
  }

  /** What can be read of each member of a list. */
  read<Item>(name: string, read: (one: Members) => Item | undefined): readonly Item[] {
    return this.list(name).flatMap((one) => read(new Members(one)) ?? []);
  }

  isTrue(name: string): boolean {
    return this.has(name) && this.#value[name] === true;
  }
}

export function readDetails(value: unknown): FindingDetails {
  const of = new Members(value);
  const owner = of.at('package');
  const [name, version] = [owner.text('name'), owner.text('version')];
  const origin = owner.at('origin').at('layer');
  const layer = of.at('location').at('layer');
  const path = of.at('location').text('path');
  const resource = of.at('resource');
  return {
    summary: of.text('summary') ?? of.text('message') ?? of.text('description'),
    rationale: of.text('rationale'),
    remediation: of.text('remediation') ?? of.text('advice'),
    fixedVersion: of.text('fixedVersion') ?? of.texts('fixedVersions')[0],
    publisherState: of.text('state'),
    published: of.text('published'),
    severitySource: of.text('severitySource'),
    package:
      name === undefined || version === undefined
        ? undefined
        : {
            type: owner.text('type') ?? '',
            name,
            version,
            instruction: origin.text('instruction') ?? layer.text('instruction'),
            part: origin.text('part') ?? layer.text('part'),
          },
    place:
      path === undefined
        ? undefined
        : { path, line: of.at('position').number('line') ?? of.at('location').number('line') },
    resource:
      resource.text('kind') &&
      [resource.text('kind'), resource.text('namespace'), resource.text('name')].filter(Boolean).join(' '),
    preview: of.text('preview'),
    aliases: of.texts('aliases'),
    references: of.texts('references').filter((text) => /^https?:\/\//.test(text)),
    controls: of.texts('controls'),
    scores: of.read('scores', (score) => {
      const [type, text] = [score.text('type'), score.text('value')];
      return type && text ? { type, value: text } : undefined;
    }),
    ...enrichmentOf(of.at('enrichment')),
    dependencyPath: of.texts('dependencyPath'),
    priority: of.has('priority') ? priorityOf(of.at('priority')) : undefined,
    evidence: of.read('evidence', evidenceOf),
    canFix: of.list('fix').length > 0,
    fixMayBreak: of.text('fixMayBreak'),
  };
}

function enrichmentOf(of: Members): Pick<FindingDetails, 'epss' | 'kev'> {
  const [epss, kev] = [of.at('epss'), of.at('kev')];
  const [probability, dateAdded] = [epss.number('probability'), kev.text('dateAdded')];
  return {
    epss: probability === undefined ? undefined : { probability, date: epss.text('date') ?? '' },
    kev:
      dateAdded === undefined
        ? undefined
        : { dateAdded, dueDate: kev.text('dueDate'), isRansomware: kev.isTrue('ransomware') },
  };
}

function priorityOf(of: Members): Priority | undefined {
  const window = of.at('window').text('title');
  if (window === undefined) return undefined;
  return {
    window,
    base: of.at('base').text('title') ?? window,
    steps: of.read('steps', (step) => {
      const [direction, reason] = [step.text('direction'), step.text('reason')];
      return direction && reason ? { direction, reason } : undefined;
    }),
    facts: of.read('facts', (fact) => {
      const [question, value, effect] = [fact.text('question'), fact.text('value'), fact.text('effect')];
      return question && value
        ? { question, value, effect: effect ?? '', source: fact.text('source'), date: fact.text('date') }
        : undefined;
    }),
    counterfactuals: of.read('counterfactuals', (one) => {
      const [change, other] = [one.text('change'), one.at('window').text('title')];
      return change && other ? { change, window: other } : undefined;
    }),
    policy: of.text('policy') ?? '',
    isForensic: of.isTrue('forensics'),
  };
}

/** A statement about a package, or a place in a file that a rule points at. */
function evidenceOf(of: Members): Evidence | undefined {
  const [source, pattern] = [of.text('source'), of.text('pattern')];
  if (pattern !== undefined)
    return {
      source: pattern,
      id: of.number('line') === undefined ? `byte ${of.number('offset') ?? 0}` : `line ${of.number('line')}`,
      text: of.text('excerpt') ?? '',
    };
  if (source === undefined) return undefined;
  const range = of.at('range');
  const bounds = [
    ['from', range.text('introduced')],
    ['before', range.text('fixed')],
    ['up to', range.text('lastAffected')],
  ].flatMap(([word, version]) => (version === undefined || version === '0' ? [] : [`${word} ${version}`]));
  const about = `${of.text('ecosystem') ?? ''} ${of.text('name') ?? ''} ${of.text('version') ?? ''}`.trim();
  const verdict = of.text('verdict') === 'not-affected' ? 'is not affected' : 'is affected';
  return {
    source,
    id: of.text('advisoryId') ?? '',
    text: `${about} ${verdict}${bounds.length > 0 ? `: ${bounds.join(', ')}` : ''}`,
  };
}
