import { test } from 'node:test';
import { assertMatchesFile } from '../../test/kit/snapshot.ts';
import { publishedPlaces } from './places/index.ts';
import { ruleFamilies } from './rules/index.ts';
import type { SecretRule } from './rules/rule.ts';

test('the page about secret rules is up to date', () => {
  const count = ruleFamilies().reduce((sum, { rules }) => sum + rules.length, 0);
  const page = [introduction(count), ...ruleFamilies().map(familySection), placesSection(), settingsSection].join('\n');
  assertMatchesFile(page, new URL('../../docs/reference/secret-rules.md', import.meta.url));
});

function introduction(count: number): string {
  return `# Secrets

What Plimsoll looks for when it looks for secrets: ${count} rules. This page is made from them; they are data in
\`content/rules/secrets\`, each with examples that are its tests.

- **Where.** Text files and scripts to 32 MiB in every layer, also files that a later layer deleted; compiled Python (\`.pyc\`); ENV,
  labels, build steps with their arguments, entrypoint, command and health check. Not: other binary files, archives inside of layers,
  text in UTF-16, key stores (\`.jks\`, \`.p12\`).
- **How.** All rules' anchors are looked for in one pass. Only where one occurs are its rules asked: the pattern must match, the value must be
  random enough (or look like a password that a person chose), it must be no placeholder, and its structure must hold.
- **Confidence.** \`verified\`: a checksum inside of the secret is right. \`high\`: the form or structure is that of one kind of secret
  only. \`medium\`: name and value fit together. \`low\`: it looks like a secret; or its checksum is wrong.
- **The secret is not kept.** A report has the rule, the place, a few characters and a fingerprint. Of secrets that programs make, the fingerprint
  is a hash: the same secret has the same one everywhere. Of passwords that people choose, a hash could be undone by trying words;
  there the fingerprint stands for the place (rule, file, name) instead.
`;
}

function familySection({ title, rules }: { title: string; rules: readonly SecretRule[] }): string {
  const rows = rules.map((rule) => `| \`${rule.id}\` | ${titleOf(rule)} | ${rule.severity} | ${confidenceOf(rule)} |`);
  return `## ${title}\n\n| id | what | severity | confidence |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function titleOf({ title, references }: SecretRule): string {
  return references[0] === undefined ? title : `[${title}](${references[0]})`;
}

function confidenceOf({ confidence, check, files }: SecretRule): string {
  const checked = check === undefined ? '' : `, ${check} checked`;
  return `${confidence}${checked}${files === undefined ? '' : ', in files of its kind'}`;
}

function placesSection(): string {
  const rows = publishedPlaces.map(
    ({ id, title, isForUnsure }) =>
      `| \`${id}\` | ${title} | ${isForUnsure ? 'medium and low' : 'high, medium and low'} |`,
  );
  return `## Published places

Documentation, tests and code of packages hold what looks like secrets and was published with them. Findings there are counted and not
listed, unless a checksum shows that they are real. The globs are in \`content/rules/secret-places.json\`.

| id | place | confidence of what is left out |
|---|---|---|
${rows.join('\n')}
`;
}

const settingsSection = `## Settings

\`.plimsoll/secrets.yaml\` adds rules, turns rules off and says which secrets are known. Every fault in it is an error, as a setting that is passed
over would hide secrets or fail to.

\`\`\`yaml
rules:
  - id: corp-token               # one with the id of a rule above takes its place
    title: Token of our own service
    severity: high               # critical, high, medium, low, info
    confidence: high             # high, medium, low
    form: token                  # token: stands alone · assignment: the whole value of NAME = value · text: with what is around it
    anchors: [corp_]             # at the beginning of the match (or in the name); 3 characters at least, any case
    pattern: 'corp_[a-z0-9]{32}' # JavaScript, bounded: what can take long on hostile text is refused
    entropy: 3                   # bits a character, optional
disable: [mapbox-public-token]
allow:                           # stay in the report as accepted and no longer fail a gate
  - reason: key of the demonstration server
    paths: ['srv/demo/**']       # all of paths, rules and fingerprints that are given must hold
    rules: [private-key]
  - reason: revoked on 1 March
    fingerprints: [0123456789abcdef0123456789abcdef]
allowValues: ['^demo-']          # secrets that are none, by their value; not kept at all
\`\`\`

More members of a rule: \`name\` (a regular expression for the name of an assignment), \`files\` (globs), \`near\` (words within 2 KiB), \`reach\` (characters
before the anchor where a match may begin), \`span\` (the longest match), \`value\` (\`random\` or \`chosen\`), \`check\`, \`isGuessable\` (people choose
it; so it is taken to be of every form but \`token\` unless you say otherwise), \`isGeneric\` (other rules go first), \`references\`.
`;
