import { createHash } from 'node:crypto';
import { isJustification } from '../exception.ts';
import type { ExportedException } from './exported.ts';
import type { DocumentFacts } from './openvex.ts';
import { type HiddenVulnerability, vulnerabilitiesOf } from './statements.ts';

interface Hidden extends HiddenVulnerability {
  readonly exception: ExportedException;
}

/**
 * CSAF 2.0, profile "VEX": https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html, sections 3.2 and 4.5. What is accepted is
 * `known_affected` with a remediation that says what is done; the rest is `known_not_affected` with a flag or a threat.
 */
export function csaf(exceptions: readonly ExportedException[], { id, author, at, tool }: DocumentFacts): object {
  const hidden = exceptions.flatMap((exception) => vulnerabilitiesOf(exception).map((one) => ({ ...one, exception })));
  const assets = new Set(hidden.flatMap((one) => [...one.assets.keys()]));
  return {
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      title: 'What was decided about vulnerabilities',
      publisher: { category: 'user', name: author, namespace: 'https://plimsoll.dev' },
      tracking: {
        id,
        status: 'final',
        version: '1',
        initial_release_date: at.toISOString(),
        current_release_date: at.toISOString(),
        revision_history: [{ number: '1', date: at.toISOString(), summary: 'As it is now.' }],
        generator: { engine: { name: tool } },
      },
    },
    ...(assets.size > 0 && { product_tree: { full_product_names: [...assets].map(productOf) } }),
    vulnerabilities: [...byRule(hidden)].map(([rule, ones]) => vulnerabilityOf(rule, ones)),
  };
}

function byRule(hidden: readonly Hidden[]): Map<string, Hidden[]> {
  const rules = new Map<string, Hidden[]>();
  for (const one of hidden) rules.set(one.rule, [...(rules.get(one.rule) ?? []), one]);
  return rules;
}

function productOf(asset: string): object {
  return {
    product_id: productId(asset),
    name: asset,
    ...(asset.startsWith('pkg:') && { product_identification_helper: { purl: asset } }),
  };
}

function productId(asset: string): string {
  return createHash('sha256').update(asset).digest('hex').slice(0, 16);
}

/** A product is in one group of a vulnerability: where exceptions overlap, the first that came says how it is. */
function vulnerabilityOf(rule: string, hidden: readonly Hidden[]): object {
  const said = new Set<string>();
  const groups = hidden.map(({ exception, assets }) => {
    const products = [...assets.keys()].map(productId).filter((product) => !said.has(product));
    for (const product of products) said.add(product);
    return { exception, products };
  });
  const named = groups.filter(({ products }) => products.length > 0);
  const accepted = named.filter(({ exception }) => isAccepted(exception));
  const notAffected = named.filter(({ exception }) => !isAccepted(exception));
  const flagged = notAffected.filter(({ exception }) => isJustification(exception.reason));
  return {
    ...(/^CVE-\d{4}-\d{4,}$/.test(rule) ? { cve: rule } : { ids: [{ system_name: 'Advisory', text: rule }] }),
    notes: [{ category: 'description', text: `What was decided about ${rule}.` }],
    product_status: {
      ...(accepted.length > 0 && { known_affected: accepted.flatMap(({ products }) => products) }),
      ...(notAffected.length > 0 && { known_not_affected: notAffected.flatMap(({ products }) => products) }),
    },
    ...(flagged.length > 0 && {
      flags: flagged.map(({ exception, products }) => ({ label: exception.reason, product_ids: products })),
    }),
    ...(notAffected.length > 0 && {
      threats: notAffected.map(({ exception, products }) => ({
        category: 'impact',
        details: exception.text,
        product_ids: products,
      })),
    }),
    ...(accepted.length > 0 && {
      remediations: accepted.map(({ exception, products }) => ({
        category: exception.reason === 'deferred-until-fix' ? 'none_available' : 'workaround',
        details: `${exception.text} (until ${exception.expiresAt.toISOString().slice(0, 10)})`,
        product_ids: products,
      })),
    }),
  };
}

function isAccepted({ reason }: ExportedException): boolean {
  return !isJustification(reason) && reason !== 'false-positive';
}
