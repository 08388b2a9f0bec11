import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertMatchesFile } from '../../../test/kit/snapshot.ts';
import { loadPolicies, type PolicyDescription, type PolicyPack, packedPolicies, policyPacks } from './index.ts';

const INTRODUCTION = `# Policies that come with Plimsoll

Asked with \`plimsoll scan TARGET --policy PACK\`; see [the guide](../guides/policies.md). The page is made from the policies, which lie in
\`content/policies\` with the examples that are their tests; \`plimsoll policy show ID\` prints one for \`kubectl apply\`. Those about objects of
Kubernetes are plain ValidatingAdmissionPolicies for clusters from 1.30 on.
`;

test('the page about policies is up to date', async () => {
  const sections = await Promise.all(policyPacks.map(sectionOf));
  assertMatchesFile(
    `${INTRODUCTION}\n${sections.join('\n')}`,
    new URL('../../../docs/reference/policies.md', import.meta.url),
  );
});

async function sectionOf(pack: PolicyPack): Promise<string> {
  const policies = (await packedPolicies(pack)).filter((one) => one.pack === pack.id);
  const entries = await Promise.all(policies.map(async ({ id, file }) => entryOf(id, await onlyOne(file))));
  const replaced = pack.replaces.map((name) => `\`${name}\``).join(', ');
  const inherited = pack.includes.map(
    (id) => `Includes [${id}](#${id}) without ${replaced}, which stricter ones replace.\n\n`,
  );
  return `## ${pack.id}\n\n${pack.title}.\n\n${inherited.join('')}${entries.join('\n')}`;
}

interface Described {
  readonly description: PolicyDescription;
  readonly action: string;
}

async function onlyOne(file: string): Promise<Described> {
  const { set, descriptions, errors, faults } = await loadPolicies([file]);
  const [description] = descriptions.values();
  assert.ok(description && errors.length === 0 && faults.length === 0, file);
  return { description, action: set.bindings[0]?.actions.join(', ') ?? '' };
}

/** What every policy of ours says of itself. */
function entryOf(id: string, { description, action }: Described): string {
  const { name, title, why, remediation, controls, severity } = description;
  assert.equal(name, id.replace('/', '-'), 'the name in a cluster is pack and folder');
  for (const [member, text] of Object.entries({ title, why, remediation }))
    assert.ok(text !== '' && text !== name, `${id}: ${member}`);
  assert.ok(controls.length > 0 && controls.every((control) => /^[A-Z]{2}-\d+$/.test(control)), `${id}: controls`);
  assert.notEqual(severity, 'unknown', id);
  return `### ${id}\n\n${title}. ${why}\n\n${remediation}\n\n${action}, ${severity}; ${controls.join(', ')}.\n`;
}
