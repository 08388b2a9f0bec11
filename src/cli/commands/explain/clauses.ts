import { type Clause, controls, type Framework, frameworks } from '#standards/index.ts';
import { checksOfControl, clauseOf, clausesOfControls } from './crosswalk.ts';
import type { Explainable, Explanation } from './explanation.ts';

export const explainableFrameworks: readonly Explainable[] = frameworks.map((framework) => ({
  id: framework.id,
  names: [framework.id],
  explain: () => explainFramework(framework),
}));

function explainFramework(framework: Framework): Explanation {
  const { id, title, publisher, version, wording, references, clauses } = framework;
  const words =
    wording === 'own' ? 'The numbers are the publication’s, the words our own.' : 'In the words of the publication.';
  return {
    kind: 'framework',
    id,
    title: `${title}, ${version}`,
    text: `Published by ${publisher}. ${words} plimsoll report compliance --framework ${id} says which of it holds.`,
    clauses: clauses.map((clause) => clauseOf(framework, clause)),
    references,
  };
}

/** `nist-800-190:4.1.1`, `nist-800-190 4.1.1`, and the number alone, which several frameworks may have. */
export const explainableClauses: readonly Explainable[] = frameworks.flatMap((framework) =>
  framework.clauses.map((clause) => ({
    id: `${framework.id}:${clause.id}`,
    names: [`${framework.id}:${clause.id}`, `${framework.id} ${clause.id}`, clause.id],
    explain: () => explainClause(framework, clause),
  })),
);

function explainClause(framework: Framework, clause: Clause): Explanation {
  const { title, text, section, mappings, unmapped } = clause;
  const rows = mappings.flatMap((mapping) => {
    const control = controls.find(({ id }) => id === mapping.control);
    return control ? [{ mapping, control }] : [];
  });
  const ids = rows.map(({ control }) => control.id);
  const id = `${framework.id}:${clause.id}`;
  const own = rows.map(({ control }) => control);
  return {
    kind: 'clause',
    id,
    title,
    text: `${text} (${framework.title} ${framework.version}, ${section})${unmapped === undefined ? '' : ` No control of ours speaks for it: ${unmapped}`}`,
    ...joined(
      'why',
      own.map(({ why }) => why),
    ),
    ...joined(
      'attack',
      own.map(({ attack }) => attack),
    ),
    ...joined(
      'remedy',
      own.map(({ remedy }) => remedy),
    ),
    controls: rows.map(({ mapping: { relation, source }, control }) => {
      return { id: control.id, title: control.title, relation, source };
    }),
    checks: [...new Map(own.flatMap(checksOfControl).map((check) => [check.id, check])).values()],
    clauses: clausesOfControls(ids).filter((other) => other.id !== id),
    references: framework.references,
  };
}

const MOST = 3;

/** What the first controls say, each sentence once; a clause with many controls is explained by them one by one. */
function joined<Name extends string>(name: Name, texts: readonly string[]): { readonly [N in Name]?: string } {
  const all = [...new Set(texts)].slice(0, MOST);
  if (all.length === 0) return {};
  const member: { [N in Name]?: string } = {};
  member[name] = all.join(' ');
  return member;
}
