import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertMatchesFile } from '../../../test/kit/snapshot.ts';
import { containerTechniques } from '../attack/matrix.ts';
import type { FieldCatalog } from '../fields/field.ts';
import { auditCatalog, bareContext, ownRules, type RuleSet, readAbout, readRuleSet, syscallCatalog } from '../index.ts';

const set = readRuleSet(await ownRules());
const all = [...set.loaded.rules, ...set.loaded.sequences];

const page = (name: string): URL => new URL(`../../../docs/reference/${name}.md`, import.meta.url);

/** A text of ours as Markdown shows it. */
const shown = (text: string): string => text.replace(/([<>|*_])/g, '\\$1');

test('the page about rules is up to date', () => {
  const areas = Map.groupBy(all, ({ file }) => file.name.split('/')[1] ?? '');
  const sections = [...areas].map(([area, rules]) => `## ${area}\n\n${rules.map(entryOf).join('\n')}`);
  assertMatchesFile(`${RULES}\n${sections.join('\n')}`, page('runtime-rules'));
});

const RULES = `# Rules for what containers do

${set.loaded.rules.length} rules and ${set.loaded.sequences.length} sequences come with \`plimsoll watch\`; see [the guide](../guides/watch.md). The page is made from \`content/rules/runtime\`, where
each has the examples that are its tests; \`plimsoll rules explain NAME\` says in plain words when it fires.
`;

function entryOf(rule: RuleSet['loaded']['rules'][number] | RuleSet['loaded']['sequences'][number]): string {
  const about = readAbout(rule.about);
  assert.ok(about.ok, rule.name);
  const { attack, why, legitimate, respond, references, examples } = about.value;
  const sequence =
    'steps' in rule
      ? `A sequence of ${rule.steps.length === 1 ? 'one step that is counted' : `${rule.steps.length} steps`}. `
      : '';
  const counts = `${examples.filter(({ fires }) => fires).length} examples in which it fires, ${examples.filter(({ fires }) => !fires).length} in which it does not`;
  return [
    `### ${rule.name}`,
    '',
    `**${rule.priority}** · ${attack.map((id) => `[${id}](https://attack.mitre.org/techniques/${id.replace('.', '/')}/)`).join(', ')}`,
    '',
    `${sequence}${shown(rule.description)}`,
    '',
    `- Why: ${shown(why)}`,
    `- Legitimate cause: ${shown(legitimate)}`,
    `- What to do: ${shown(respond)}`,
    `- ${counts}${references.map((one) => `; see ${one}`).join('')}`,
    '',
  ].join('\n');
}

test('the page about ATT&CK is up to date', () => {
  const rows = containerTechniques.map(({ id, name, tactics }) => {
    const rules = all.filter((rule) => {
      const about = readAbout(rule.about);
      return about.ok && about.value.attack.some((one) => one === id || one.startsWith(`${id}.`));
    });
    const names = rules.map((rule) => rule.name).join('; ');
    return {
      isCovered: rules.length > 0,
      row: `| [${id}](https://attack.mitre.org/techniques/${id.replace('.', '/')}/) | ${name} | ${tactics.join(', ')} | ${names || 'none'} |`,
    };
  });
  const covered = rows.filter(({ isCovered }) => isCovered).length;
  const text = `${COVERAGE.replace('COVERED', String(covered))}\n| id | technique | tactics | rules |\n|---|---|---|---|\n${rows.map(({ row }) => row).join('\n')}\n`;
  assertMatchesFile(text, page('attack-coverage'));
});

const COVERAGE = `# What of MITRE ATT&CK for Containers the rules see

The matrix of version 18.1 has ${containerTechniques.length} techniques and sub-techniques; rules of ours speak of COVERED. A technique counts as spoken of when a rule names it
or a sub-technique of it, which does not mean that every way of doing it is seen. Some cannot be seen on a host: accounts that are used as they are meant to, images that were built badly.
The rules of Falco, when they are loaded too, are not counted. © The MITRE Corporation; ATT&CK is a registered trademark of The MITRE Corporation.
`;

test('the page about fields is up to date', () => {
  const sections = [fieldSection(syscallCatalog(bareContext)), fieldSection(auditCatalog(bareContext))];
  assertMatchesFile(`${FIELDS}\n${sections.join('\n')}`, page('runtime-fields'));
});

const FIELDS = `# Fields of rules

What conditions and outputs may name. \`[...]\` stands for an argument that a field needs, \`([...])\` for one that it may have. Fields of Falco that no
sensor of ours has a value for are there so that rules that name them load; a comparison with them is never true. \`dns.*\` and \`plimsoll.*\` are ours alone.
`;

function fieldSection<E>({ source, fields }: FieldCatalog<E>): string {
  const rows = fields.map(({ name, type, list, argument, description, unseen, deprecated }) => {
    const brackets = argument === undefined ? '' : argument === 'required' ? '[...]' : '([...])';
    const notes = [...(unseen ? ['no sensor says it'] : []), ...(deprecated === undefined ? [] : ['deprecated'])];
    return `| \`${name}${brackets}\` | ${list ? `list of ${type}` : type} | ${shown(description)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''} |`;
  });
  return `## ${source}\n\n| field | type | meaning |\n|---|---|---|\n${rows.join('\n')}\n`;
}
