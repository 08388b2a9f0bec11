import { isJustification } from '../exception.ts';
import type { ExportedException } from './exported.ts';
import { vulnerabilitiesOf } from './statements.ts';

export interface DocumentFacts {
  /** uuid */
  readonly id: string;
  readonly author: string;
  readonly at: Date;
  /** `plimsoll 1.2.3` */
  readonly tool: string;
}

/** OpenVEX 0.2.0: what was decided about vulnerabilities. Other kinds of findings have no words there. */
export function openvex(exceptions: readonly ExportedException[], { id, author, at, tool }: DocumentFacts): object {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `urn:uuid:${id}`,
    author,
    timestamp: at.toISOString(),
    version: 1,
    tooling: tool,
    statements: exceptions.flatMap(statementsOf),
  };
}

function statementsOf(exception: ExportedException): object[] {
  return vulnerabilitiesOf(exception).map(({ rule, assets }) => ({
    vulnerability: { name: rule },
    timestamp: exception.approvedAt.toISOString(),
    products: [...assets].map(([asset, packages]) => ({
      '@id': asset,
      ...(packages.size > 0 && { subcomponents: [...packages].map((purl) => ({ '@id': purl })) }),
    })),
    ...verdict(exception),
  }));
}

/** What is accepted is still there: `affected`, with what is done instead of mending it. */
function verdict({ reason, text, expiresAt }: ExportedException): object {
  const until = `${text} (until ${expiresAt.toISOString().slice(0, 10)})`;
  if (isJustification(reason)) return { status: 'not_affected', justification: reason, status_notes: until };
  if (reason === 'false-positive') return { status: 'not_affected', impact_statement: until };
  return { status: 'affected', action_statement: until };
}
