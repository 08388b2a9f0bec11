import { test } from 'node:test';
import { assertMatchesFile } from '../../test/kit/snapshot.ts';
import {
  type Clause,
  type Control,
  type ControlFamily,
  controlFamilies,
  controls,
  type Evidence,
  type Framework,
  frameworks,
} from './index.ts';

const pageOf = (name: string) => new URL(`../../docs/reference/${name}.md`, import.meta.url);
const familyOf = (family: ControlFamily) => controls.filter((control) => control.family === family);

test('the page about controls is up to date', () => {
  const rows = controlFamilies.map((family) => {
    const own = familyOf(family);
    const judged = own.filter(isJudgedByScans).length;
    return `| [${family}](controls/${family}.md) | ${familyWords[family]} | ${own.length} | ${judged} |`;
  });
  const table = `| family | about | controls | judged by scans |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  assertMatchesFile(`${controlsIntroduction}\n${table}`, pageOf('controls'));
});

for (const family of controlFamilies)
  test(`the page about controls of the family ${family} is up to date`, () => {
    const own = familyOf(family);
    const head = `# Controls: ${family}\n\n${familyWords[family]}.\n`;
    assertMatchesFile(
      [head, tableOfControls(own), ...own.map(sectionOfControl)].join('\n'),
      pageOf(`controls/${family}`),
    );
  });

test('the page about frameworks is up to date', () => {
  const rows = frameworks.map((framework) => {
    const { id, title, version, clauses } = framework;
    const of = (wanted: Judgement) => clauses.filter((clause) => judgementOf(clause) === wanted).length;
    const numbers = [clauses.length, of('scan'), of('outside'), of('statement'), of('nothing')].join(' | ');
    return `| [\`${id}\`](frameworks/${id}.md) | ${title} | ${version} | ${numbers} |`;
  });
  const head =
    '| id | title | version | clauses | scans say something | looked at elsewhere | stated by people | no control |';
  assertMatchesFile(
    `${frameworksIntroduction}\n${head}\n|---|---|---|---|---|---|---|---|\n${rows.join('\n')}\n`,
    pageOf('frameworks'),
  );
});

for (const framework of frameworks)
  test(`the page about ${framework.id} is up to date`, () => {
    const sections = [...Map.groupBy(framework.clauses, ({ section }) => section)];
    const parts = sections.map(([heading, clauses]) => sectionOfClauses(heading, clauses));
    assertMatchesFile([headOf(framework), ...parts].join('\n'), pageOf(`frameworks/${framework.id}`));
  });

const familyWords: Readonly<Record<ControlFamily, string>> = {
  build: 'What happens while an image is built',
  image: 'What is in an image and how it is set up',
  'supply-chain': 'Where images come from and how that is known',
  registry: 'How images are kept and given out',
  workload: 'What containers may do and use while they run',
  network: 'What can reach containers and what they can reach',
  access: 'Who may do what in the cluster',
  secrets: 'How passwords, keys and tokens are kept',
  'control-plane': 'How the parts that steer a cluster are set up',
  node: 'How the parts on each node are set up',
  runtime: 'How engines and container runtimes are set up',
  host: 'The machines and their operating system',
  detection: 'What is recorded and noticed',
  process: 'What people and organisations do',
};

const controlsIntroduction = `# Controls

A control is one thing that is either so or not. Clauses of all frameworks lead to controls, and controls say by which evidence they are judged:
checks and findings of scans, what has to be looked at outside of a scan, or the statement of a person. Each is anchored on controls of
NIST SP 800-53 Revision 5. The pages are made from the catalogue; [frameworks](frameworks.md) shows the other side.

What a scan judges is proved: small documents, written from the control's words, turn it and every clause that it speaks for red, and others
leave it green. The tests scan them each time.
`;

const frameworksIntroduction = `# Frameworks

What \`plimsoll report compliance --framework ID\` can report on. Each clause leads to [controls](controls.md), each row with a relation:

| relation | the clause |
|---|---|
| \`exact\` | asks for the same as the control |
| \`superset\` | asks for more; it holds when all controls of this relation do |
| \`subset\` | asks for a part of the control |
| \`intersects\` | shares a part with the control, so that something stays open whatever the control says |

Of publications that are not in the public domain only numbers and names are theirs; the words are ours, and no substitute for reading them.
`;

function isJudgedByScans({ evidence }: Control): boolean {
  return evidence.some(({ by }) => by === 'checks' || by === 'findings');
}

function tableOfControls(own: readonly Control[]): string {
  const rows = own.map(({ id, title, anchors, evidence }) => {
    const judges = [...new Set(evidence.map(({ by }) => by))].join(', ');
    return `| [\`${id}\`](#${id.toLowerCase()}) | ${title} | ${anchors.join(', ')} | ${judges} |`;
  });
  return `| id | holds where | NIST SP 800-53 | judged by |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function sectionOfControl(control: Control): string {
  const { id, title, why, attack, remedy, evidence } = control;
  return [
    `## ${id}\n\n${title}.\n`,
    `${why} ${attack}\n`,
    `${remedy}\n`,
    `${evidence.map((part) => `- ${evidenceWords(part)}`).join('\n')}\n`,
    `Speaks for: ${clausesOf(control).join('; ')}.\n`,
  ].join('\n');
}

function evidenceWords(evidence: Evidence): string {
  switch (evidence.by) {
    case 'checks':
      return `Checks: ${evidence.checks.map(checkLink).join(', ')}`;
    case 'findings':
      return `Findings: no open ${evidence.kind} of ${evidence.atLeast === 'any' ? 'any severity' : `severity ${evidence.atLeast} or above`}`;
    case 'outside':
      return `Outside of a scan (${evidence.source}): ${evidence.what}`;
    case 'statement':
      return `A person states: ${evidence.ask}`;
  }
}

const subjects = ['compose', 'dockerfile', 'image-config', 'kubernetes'];

function checkLink(id: string): string {
  const subject = subjects.find((one) => id.startsWith(`${one}-`)) ?? '';
  return `[\`${id}\`](../checks/${subject}.md#${id})`;
}

function clausesOf({ id }: Control): string[] {
  return frameworks.flatMap((framework) => {
    const numbers = framework.clauses
      .filter(({ mappings }) => mappings.some(({ control }) => control === id))
      .map((clause) => clause.id);
    return numbers.length > 0 ? [`[${framework.id}](../frameworks/${framework.id}.md) ${numbers.join(', ')}`] : [];
  });
}

function headOf({ id, title, publisher, version, wording, references }: Framework): string {
  const words =
    wording === 'own'
      ? 'The words are ours.'
      : 'The words are those of the publication, shortened where they are long.';
  return [
    `# ${title}\n`,
    `${publisher}, version ${version}: ${references.map((reference) => `<${reference}>`).join(', ')}. ${words}\n`,
    `    plimsoll report compliance --framework ${id}\n`,
  ].join('\n');
}

function sectionOfClauses(heading: string, clauses: readonly Clause[]): string {
  const rows = clauses.map(
    (clause) => `| ${clause.id} | **${cell(clause.title)}** ${cell(clause.text)} | ${rowsOf(clause)} |`,
  );
  return `## ${heading}\n\n| clause | asks for | controls |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function rowsOf({ mappings, unmapped }: Clause): string {
  if (mappings.length === 0) return cell(unmapped ?? '');
  return mappings.map(({ control, relation }) => `${controlLink(control)} ${relation}`).join('<br>');
}

const familyOfControl = new Map(controls.map(({ id, family }) => [id, family]));

function controlLink(id: string): string {
  return `[\`${id}\`](../controls/${familyOfControl.get(id)}.md#${id.toLowerCase()})`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

type Judgement = 'scan' | 'outside' | 'statement' | 'nothing';

const controlOf = new Map(controls.map((control) => [control.id, control]));

/** The best that is known of a clause. */
function judgementOf({ mappings }: Clause): Judgement {
  const named = mappings.flatMap(({ control }) => controlOf.get(control) ?? []);
  if (named.length === 0) return 'nothing';
  if (named.some(isJudgedByScans)) return 'scan';
  return named.some(({ evidence }) => evidence.some(({ by }) => by === 'outside')) ? 'outside' : 'statement';
}
