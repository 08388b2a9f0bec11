import { test } from 'node:test';
import { assertMatchesFile } from '../../test/kit/snapshot.ts';
import type { Check } from './check.ts';
import { checks } from './registry.ts';

const subjects = [...new Set(checks.map(({ subject }) => subject))].sort();
const pageOf = (name: string) => new URL(`../../docs/reference/${name}.md`, import.meta.url);

test('the page about checks is up to date', () => {
  const lines = subjects.map((subject) => `- [${subject}](checks/${subject}.md)`);
  assertMatchesFile(`${introduction}\n${lines.join('\n')}\n`, pageOf('checks'));
});

for (const subject of subjects) {
  test(`the page about checks of ${subject} is up to date`, () => {
    const own = checks.filter((check) => check.subject === subject);
    const page = [`# Checks: ${subject}\n`, tableOf(own), ...own.map(sectionOf)].join('\n');
    assertMatchesFile(page, pageOf(`checks/${subject}`));
  });
}

const introduction = `# Checks

What Plimsoll asks about configuration. The pages are made from the checks; the examples on them are the tests of the checks.

A check gives findings with their line, \`not applicable\` where its question does not arise, or \`not assessed\` where the document could not be
understood. Neither of the last two is a pass, and both are counted in every report.

A comment in the document takes responsibility for what is below it; the finding stays in the report as accepted:

    # plimsoll:ignore dockerfile-user-root until 2027-03-01 the entrypoint drops privileges itself

\`plimsoll:ignore-file\` holds for the whole file. In a Dockerfile the comment stands above the instruction or between its lines; what is
missing altogether (USER, HEALTHCHECK) is found at the last FROM. Ids that other tools use for the same question are understood, and so are
\`hadolint ignore=…\`, \`hadolint global ignore=…\` and \`trivy:ignore:…\`.
`;

function tableOf(own: readonly Check[]): string {
  const rows = own.map(
    ({ id, title, severity, controls, aliases = [] }) =>
      `| [\`${id}\`](#${id}) | ${title} | ${severity} | ${controls.join(', ')} | ${aliases.join(', ')} |`,
  );
  return `| id | what | severity | controls | known as |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

function sectionOf({ id, title, rationale, remediation, references, examples }: Check): string {
  const bad = examples.fail[0] ?? '';
  const good = examples.pass[0] ?? '';
  return [
    `## ${id}\n\n${title}. ${rationale}\n\n${remediation}\n`,
    `Fails:\n\n${indented(bad)}\n`,
    `Passes:\n\n${indented(good)}\n`,
    `${references.map((reference) => `<${reference}>`).join(', ')}\n`,
  ].join('\n');
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}
