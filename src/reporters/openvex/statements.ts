import { digestAlgorithm, digestHex } from '#model/index.ts';
import type { ScannedArtifact, ScanReport } from '#scan/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { imagePurl, percentEncoded } from '../identity.ts';
import { groupBy, vulnerabilitiesOf } from '../tally.ts';
import { stateWords } from '../wording.ts';

/** The part of a statement that says how it is. Exactly one of the two reasons stands beside `not_affected`: the schema wants it so. */
interface Verdict {
  readonly status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation';
  readonly status_notes?: string | undefined;
  readonly justification?: string;
  readonly impact_statement?: string;
  readonly action_statement?: string;
}

/** One statement for each vulnerability and verdict, about the artifact and the packages in it. */
export function* statements(report: ScanReport): Iterable<unknown> {
  const product = productOf(report.artifact);
  const judged = vulnerabilitiesOf(report).map((finding) => ({ finding, verdict: verdictOf(finding) }));
  const groups = groupBy(judged, ({ finding, verdict }) => `${finding.id}\0${JSON.stringify(verdict)}`);
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { finding, verdict } = first;
    const purls = new Set(group.map((one) => one.finding.package.purl));
    yield {
      vulnerability: {
        name: finding.id,
        ...(finding.aliases.length > 0 && { aliases: [...new Set(finding.aliases)] }),
      },
      products: [{ ...product, subcomponents: [...purls].map((purl) => ({ '@id': purl, identifiers: { purl } })) }],
      ...verdict,
    };
  }
}

/** The image by its package URL and digest; what has neither by its name, in a form that is a valid identifier. */
function productOf(artifact: ScannedArtifact): object {
  const purl = imagePurl(artifact);
  const digest = artifact.manifestDigest ?? artifact.indexDigest ?? artifact.configDigest;
  const hashes = digest && {
    hashes: { [digestAlgorithm(digest) === 'sha256' ? 'sha-256' : 'sha-512']: digestHex(digest) },
  };
  const id = purl ?? `artifact:${percentEncoded(artifact.name)}`;
  return { '@id': id, ...(purl !== undefined && { identifiers: { purl } }), ...hashes };
}

const JUSTIFICATIONS: ReadonlySet<string> = new Set([
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
]);

function verdictOf(finding: VulnerabilityFinding): Verdict {
  const { decision } = finding;
  if (decision === undefined) return publishersVerdict(finding);
  const { state, reason, justification = '', author, expires } = decision;
  const by = author === undefined ? '' : ` (${author})`;
  const until = expires === undefined ? '' : ` until ${expires}`;
  switch (state) {
    case 'not-affected':
    case 'false-positive':
      return JUSTIFICATIONS.has(justification)
        ? { status: 'not_affected', status_notes: `${reason}${by}`, justification }
        : { status: 'not_affected', impact_statement: `${reason}${by}` };
    case 'fixed':
      return { status: 'fixed', status_notes: `${reason}${by}` };
    case 'under-investigation':
      return { status: 'under_investigation', status_notes: `${reason}${by}` };
    case 'affected':
      return { status: 'affected', action_statement: `${reason}${by}` };
    default:
      return { status: 'affected', action_statement: `The risk is ${state}${until}: ${reason}${by}` };
  }
}

/**
 * Nobody has decided yet. That a version is listed as vulnerable does not say that this use of it is: it is to be looked at. Only
 * the publisher's word that it is not affected is passed on as such.
 */
function publishersVerdict({ state, fixedVersion, package: owner }: VulnerabilityFinding): Verdict {
  const words = `The publisher says: ${stateWords[state]}`;
  if (state === 'not-affected') return { status: 'not_affected', impact_statement: words };
  const fix = fixedVersion === undefined ? '' : `; ${owner.source?.name ?? owner.name} ${fixedVersion} is free of it`;
  return { status: 'under_investigation', status_notes: `${words}${fix}` };
}
