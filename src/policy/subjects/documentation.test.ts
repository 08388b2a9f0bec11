import { test } from 'node:test';
import { markdownTable } from '../../../test/kit/markdown-table.ts';
import { assertMatchesFile } from '../../../test/kit/snapshot.ts';
import { type Fields, type PolicySubject, policySubjects } from './index.ts';

test('the page about the objects of policies is up to date', () => {
  const page = `${INTRODUCTION}\n${policySubjects.map(sectionOf).join('\n')}`;
  assertMatchesFile(page, new URL('../../../docs/reference/policy-objects.md', import.meta.url));
});

const INTRODUCTION = `# Objects that policies are about

Beside the objects of Kubernetes, policies decide about what a scan found. The policy is the same ValidatingAdmissionPolicy; its rules name the
group \`plimsoll.dev\`:

\`\`\`yaml
matchConstraints:
  resourceRules:
    - { apiGroups: [plimsoll.dev], apiVersions: [v1], operations: [CREATE], resources: [images] }
\`\`\`

Each object has \`apiVersion: plimsoll.dev/v1\`, \`kind\`, \`metadata.name\` and \`spec\`. They belong to no namespace, so a binding's \`paramRef\` names
the namespace of its parameters. Expressions of a policy that is about one of these kinds alone are checked against this page, which is made
from the same description: a member that is not here is a fault that \`plimsoll policy lint\` finds. A member that is optional is left out where
there is nothing to say: \`has(object.spec.epss)\`, \`object.spec.?epss.orValue(1.0)\`. An expression that reaches for one that is not there
fails, and with it the policy, unless \`failurePolicy: Ignore\` lets errors pass.

Unknown is a value of its own: ask for what must be so (\`support == 'regular'\`), not for what must not (\`support != 'ended'\`).
`;

function sectionOf({ kind, resource, meaning, spec, example }: PolicySubject): string {
  const rows = [['member of `spec`', 'type', 'meaning'], ...rowsOf(spec, '')];
  return `## ${kind}\n\nResource \`${resource}\`. ${meaning}\n\n\`\`\`cel\n${example}\n\`\`\`\n\n${markdownTable(rows)}\n`;
}

function rowsOf(fields: Fields, prefix: string): string[][] {
  return Object.entries(fields).flatMap(([name, { type, meaning, isOptional, fields: inner }]) => {
    const shown = type === 'list' ? 'list of' : type;
    const row = [`\`${prefix}${name}\``, `${shown}${isOptional ? ', optional' : ''}`, meaning];
    return [row, ...(inner ? rowsOf(inner, `${prefix}${name}${type === 'list' ? '[].' : '.'}`) : [])];
  });
}
