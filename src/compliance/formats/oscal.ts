import { createHash } from 'node:crypto';
import { jsonText, uuidOf } from '#reporters/presentation.ts';
import type {
  AppliedAttestation,
  ComplianceReport,
  ControlAssessment,
  EvidenceSource,
  Fact,
  FrameworkAssessment,
  Requirement,
} from '../report.ts';
import type { ComplianceFormat } from './format.ts';
import { acceptedWords, attestationWords, placeWords, scoreWords, sourceWords, summaryWords } from './wording.ts';

/**
 * OSCAL assessment results, a result for each framework: https://pages.nist.gov/OSCAL/reference/1.1.3/assessment-results/json-outline/
 *
 * A requirement is a finding, a control an observation with its evidence, a control that fails or whose failure is accepted a risk. OSCAL
 * knows satisfied and not satisfied only: what is not known is not satisfied, and the property `requirement-state` says which it is.
 */
export const oscal: ComplianceFormat = {
  id: 'oscal',
  title: 'OSCAL 1.1.3 assessment results, for tools of governance and audit',
  render: (report) => jsonText({ 'assessment-results': assessmentResults(report) }),
};

/** Findings of one observation that are written out; their number always is. */
const LISTED = 50;
const NAMESPACE = 'urn:plimsoll:compliance';

function assessmentResults(report: ComplianceReport): unknown {
  const ids = new Uuids(report);
  const plan = ids.of('plan');
  return {
    uuid: ids.of('document'),
    metadata: {
      title: `Compliance of ${report.evidence.map(({ artifact }) => artifact.name).join(', ') || 'nothing that was scanned'}`,
      'last-modified': report.createdAt,
      version: report.createdAt,
      'oscal-version': '1.1.3',
      props: [property('tool', `${report.tool.name} ${report.tool.version}`)],
      ...partiesOf(report, ids),
    },
    'import-ap': { href: `#${plan}` },
    results: report.frameworks.map((framework) => resultOf(report, framework, ids)),
    'back-matter': {
      resources: [
        {
          uuid: plan,
          title: 'What was assessed',
          description: `The scan reports that were given, judged by the catalogue of controls of ${report.tool.name} ${report.tool.version}. There is no assessment plan in OSCAL.`,
        },
      ],
    },
  };
}

/** Ids that follow from what the report says: a document that is made again is the same document. OSCAL takes versions 4 and 5 only. */
class Uuids {
  readonly #nameSpace: string;

  constructor(report: ComplianceReport) {
    this.#nameSpace = createHash('sha256').update(JSON.stringify(report)).digest('hex');
  }

  of(...name: readonly string[]): string {
    return uuidOf(
      createHash('sha1')
        .update(JSON.stringify([this.#nameSpace, ...name]))
        .digest('hex'),
      5,
    );
  }
}

/** Who stated something, where anybody did. */
function partiesOf({ attestations }: ComplianceReport, ids: Uuids): object {
  const names = [...new Set(attestations.map(({ by }) => by))];
  if (names.length === 0) return {};
  return {
    roles: [{ id: 'attestor', title: 'Who states that something is so' }],
    parties: names.map((name) => ({ uuid: ids.of('party', name), type: 'organization', name })),
  };
}

function resultOf(report: ComplianceReport, framework: FrameworkAssessment, ids: Uuids): unknown {
  const { id, title, version, summary, requirements } = framework;
  const named = new Set(requirements.flatMap(({ controls }) => controls.map((control) => control.id)));
  const controls = report.controls.filter((control) => named.has(control.id));
  const risky = controls.filter(isRisky);
  const attestations = report.attestations.filter(({ isExpired, subject }) => {
    return !isExpired && ('control' in subject ? named.has(subject.control) : subject.framework === id);
  });
  return {
    uuid: ids.of('result', id),
    title: `${title} ${version}`,
    description: `${summaryWords(summary)}. ${scoreWords(summary)}.`,
    start: startOf(report),
    end: report.createdAt,
    props: [property('framework', id), property('requirements', summary.requirements)],
    ...inventory(report, id, ids),
    'reviewed-controls': {
      'control-selections': [
        { 'include-controls': requirements.map(({ clause }) => ({ 'control-id': tokenOf(id, clause) })) },
      ],
    },
    ...listMember(
      'attestations',
      attestations.map((one) => statementOf(one, ids)),
    ),
    ...listMember(
      'observations',
      controls.map((control) => observationOf(control, id, report, ids)),
    ),
    ...listMember(
      'risks',
      risky.map((control) => riskOf(control, id, ids)),
    ),
    findings: requirements.map((requirement) => findingOf(requirement, id, new Set(risky.map((one) => one.id)), ids)),
  };
}

/** The schema wants no empty lists. */
function listMember(name: string, list: readonly unknown[]): object {
  return list.length === 0 ? {} : { [name]: list };
}

function startOf({ evidence, createdAt }: ComplianceReport): string {
  return evidence.map((one) => one.createdAt).sort()[0] ?? createdAt;
}

function inventory({ evidence }: ComplianceReport, framework: string, ids: Uuids): object {
  if (evidence.length === 0) return {};
  const items = new Map(evidence.map((source) => [itemId(source, framework, ids), source]));
  return {
    'local-definitions': {
      'inventory-items': [...items].map(([uuid, source]) => ({
        uuid,
        description: sourceWords(source),
        props: [
          property('artifact', source.artifact.name),
          ...source.scanners.map((one) => property('looked-for', one)),
        ],
      })),
    },
  };
}

function itemId({ artifact, createdAt }: EvidenceSource, framework: string, ids: Uuids): string {
  return ids.of('artifact', framework, artifact.name, createdAt);
}

/** Ids of controls are tokens there: they begin with a letter and have no blanks or brackets. */
function tokenOf(framework: string, clause: string): string {
  return `${framework}_${clause}`.replace(/[^\p{L}\p{N}._-]/gu, '-');
}

function property(name: string, value: string | number): object {
  return { name, ns: NAMESPACE, value: textOf(String(value)) };
}

/** The schema wants texts that neither are empty nor begin or end with blanks, and values on one line. */
function textOf(text: string): string {
  return text.replace(/\s+/gu, ' ').trim() || '-';
}

function statementOf(attestation: AppliedAttestation, ids: Uuids): unknown {
  const { subject, statement, by, evidence } = attestation;
  const about = 'control' in subject ? subject.control : `${subject.framework} ${subject.clause}`;
  return {
    'responsible-parties': [{ 'role-id': 'attestor', 'party-uuids': [ids.of('party', by)] }],
    parts: [
      {
        name: 'attestation',
        ns: NAMESPACE,
        title: `${about}: ${attestationWords(attestation)}`,
        prose: textOf(statement),
        ...listMember(
          'props',
          evidence.map((one) => property('evidence', one)),
        ),
      },
    ],
  };
}

function observationOf(control: ControlAssessment, framework: string, report: ComplianceReport, ids: Uuids): unknown {
  const facts = control.parts.flatMap(({ failing, accepted }) => [...failing, ...accepted]).slice(0, LISTED);
  const missing = control.parts.flatMap((part) => part.missing);
  return {
    uuid: ids.of('observation', framework, control.id),
    title: textOf(control.title),
    description: textOf(control.parts.map(({ what, answer }) => `${what}: ${answer.replaceAll('-', ' ')}`).join('; ')),
    props: [
      property('control', control.id),
      property('state', control.state),
      property('failing', control.counts.failing),
      property('accepted', control.counts.accepted),
      property('passed', control.counts.passed),
    ],
    methods: methodsOf(control),
    types: ['control-objective'],
    ...listMember(
      'subjects',
      report.evidence.map((source) => ({ 'subject-uuid': itemId(source, framework, ids), type: 'inventory-item' })),
    ),
    ...listMember('relevant-evidence', facts.map(evidenceOf)),
    collected: startOf(report),
    ...(missing.length > 0 && { remarks: textOf(missing.map(({ why, how }) => `${why}: ${how}`).join('; ')) }),
  };
}

/** What a person says is an interview, what a program looks at a test. */
function methodsOf({ parts }: ControlAssessment): string[] {
  const methods = parts.map(({ by, answer }) => {
    if (answer === 'stated' || by === 'statement') return 'INTERVIEW';
    return by === 'outside' ? 'EXAMINE' : 'TEST';
  });
  return [...new Set(methods)];
}

function evidenceOf(fact: Fact): unknown {
  return {
    description: textOf(`${fact.id}: ${fact.message} (${placeWords(fact)})`),
    props: [
      property('kind', fact.kind),
      property('severity', fact.severity),
      ...(fact.decision ? [property('decision', acceptedWords(fact))] : []),
    ],
  };
}

function isRisky({ state, parts }: ControlAssessment): boolean {
  return state === 'fail' || parts.some(({ answer }) => answer === 'accepted');
}

function riskOf(control: ControlAssessment, framework: string, ids: Uuids): unknown {
  const ends = control.parts.flatMap(({ accepted }) => accepted.flatMap(({ decision }) => decision?.expires ?? []));
  const deadline =
    control.state === 'fail' ? undefined : ends.filter((end) => !Number.isNaN(Date.parse(end))).sort()[0];
  return {
    uuid: ids.of('risk', framework, control.id),
    title: textOf(control.title),
    description: `It is not so: ${control.counts.failing} findings stand against it, ${control.counts.accepted} are accepted.`,
    statement: textOf(control.parts.map(({ what }) => what).join('; ')),
    status: control.state === 'fail' ? 'open' : 'deviation-approved',
    ...(deadline !== undefined && { deadline: new Date(deadline).toISOString() }),
    remediations: [
      {
        uuid: ids.of('remediation', framework, control.id),
        lifecycle: 'recommendation',
        title: 'What to do',
        description: textOf(control.remedy),
      },
    ],
    'related-observations': [{ 'observation-uuid': ids.of('observation', framework, control.id) }],
  };
}

function findingOf(requirement: Requirement, framework: string, risky: ReadonlySet<string>, ids: Uuids): unknown {
  const { clause, title, text, state, statement, reason, controls, missing } = requirement;
  const isMet = state === 'pass' || state === 'not-applicable' || (state === 'manual' && statement === 'given');
  return {
    uuid: ids.of('finding', framework, clause),
    title: textOf(`${clause} ${title}`),
    description: textOf(text),
    props: [property('requirement-state', state), ...(statement ? [property('statement', statement)] : [])],
    target: {
      type: 'objective-id',
      'target-id': tokenOf(framework, clause),
      status: {
        state: isMet ? 'satisfied' : 'not-satisfied',
        reason: state === 'pass' || state === 'fail' ? state : 'other',
        remarks: textOf(reason),
      },
    },
    ...listMember(
      'related-observations',
      controls.map(({ id }) => ({ 'observation-uuid': ids.of('observation', framework, id) })),
    ),
    ...listMember(
      'related-risks',
      controls.filter(({ id }) => risky.has(id)).map(({ id }) => ({ 'risk-uuid': ids.of('risk', framework, id) })),
    ),
    ...(missing.length > 0 && { remarks: textOf(missing.map(({ why, how }) => `${why}: ${how}`).join('; ')) }),
  };
}
