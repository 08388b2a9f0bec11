import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import * as ajvFormats from 'ajv-formats';
import { parse } from 'yaml';
import { assessCompliance, complianceFormats, parseAttestations } from '#compliance/index.ts';
import { controls, frameworks } from '#standards/index.ts';
import { sampleCompliance } from '../kit/compliance.ts';
import { hostileText } from '../kit/report.ts';
import { closedSchema, schemaDocument } from '../kit/schema-document.ts';
import { assertMatchesFile } from '../kit/snapshot.ts';

const reference = (name: string): URL => new URL(`../../docs/reference/${name}`, import.meta.url);
const read = (name: string): string => readFileSync(reference(name), 'utf8');
const reportSchema = JSON.parse(read('compliance-report.schema.json'));
const attestationsSchema = JSON.parse(read('attestations.schema.json'));

describe('the JSON of a compliance report is as documented', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajvFormats.default.default(ajv);
  const isValid = ajv.compile(Object(closedSchema(reportSchema)));
  const now = '2026-11-24T12:00:00.000Z';
  const inputs = {
    'every standard': sampleCompliance(),
    'hostile content': sampleCompliance((text) => `${text}${hostileText}`),
    'no evidence': assessCompliance(frameworks, controls, { reports: [], attestations: [], now }),
  };
  for (const [name, report] of Object.entries(inputs))
    test(name, () => {
      const format = complianceFormats.find(({ id }) => id === 'json');
      const text = [...(format?.render(report, { color: false, width: 80, verbose: false }) ?? [])].join('');
      assert.ok(isValid(JSON.parse(text)), JSON.stringify(isValid.errors?.slice(0, 5)));
    });

  test('the page is that of the schema', () => {
    assertMatchesFile(
      `${schemaDocument('The compliance report', introduction, reportSchema)}`,
      reference('compliance-report.md'),
    );
  });
});

const introduction = `
What \`plimsoll report compliance --format json\` writes, for programs to read. The same as a JSON schema:
[compliance-report.schema.json](compliance-report.schema.json). This page is made from it. How states are found: [the guide](../guides/compliance.md).

- Members may be added within \`plimsoll.compliance.v1\`: ignore what you do not know. A member that changes its meaning changes \`schema\`.
- A member that is optional is left out when there is nothing to say; null is never written.
- Texts come from scanned content and from statements: treat them as hostile.
- **Unknown is not met**: a score without \`notAssessed\`, \`partial\` and \`manual\` beside it is not this report's.

\`\`\`sh
jq -r '.frameworks[] | .id as $id | .requirements[] | select(.state == "fail") | [$id, .clause, .title] | @tsv' compliance.json
\`\`\`
`;

describe('attestations are as documented', () => {
  const isValid = new Ajv({ strict: false }).compile(attestationsSchema);
  const whole = 'control: A, state: met, statement: s, by: b, date: 2026-01-01, expires: 2027-01-01';

  test('the examples of the page are valid, and the page names every member', () => {
    const page = read('attestations.md');
    const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);
    assert.equal(examples.length, 1);
    for (const example of examples) {
      const { attestations, problems } = parseAttestations(example, 'attestations.yaml');
      assert.deepEqual([attestations.length, problems], [2, []]);
      assert.ok(isValid(parse(example)), JSON.stringify(isValid.errors));
      const named = attestations.flatMap(({ subject }) => ('control' in subject ? subject.control : []));
      for (const id of named)
        assert.ok(
          controls.some((control) => control.id === id),
          id,
        );
    }
    for (const member of Object.keys(attestationsSchema.$defs.attestation.properties))
      assert.ok(page.includes(`\`${member}\``), member);
  });

  for (const entry of [
    `{${whole}}`,
    `{${whole}, evidence: x}`,
    `{${whole}, evidence: [x, y]}`,
    `{${whole}, evidence: {a: b}}`,
    `{${whole}, framework: f, clause: c}`,
    `{${whole.replace('control: A', 'framework: f, clause: c')}}`,
    `{${whole.replace('control: A', 'framework: f')}}`,
    `{${whole.replace('control: A, ', '')}}`,
    `{${whole.replace('met', 'fine')}}`,
    `{${whole.replace('by: b, ', '')}}`,
    `{${whole.replace('2027-01-01', 'never')}}`,
    `{${whole}, extra: 1}`,
    'met',
  ])
    test(`the schema and the program agree: ${entry}`, () => {
      const text = `attestations:\n  - ${entry}\n`;
      assert.equal(isValid(parse(text)), parseAttestations(text, 'a.yaml').problems.length === 0);
    });
});
