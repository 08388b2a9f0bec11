import { checks } from '#checks/index.ts';
import { type Clause, type Control, controls, type Framework, frameworks } from '#standards/index.ts';
import type { NamedThing, RelatedClause } from './explanation.ts';

/** The controls that a check is evidence for. */
export function controlsOfCheck(id: string): Control[] {
  return controls.filter(({ evidence }) => evidence.some((one) => one.by === 'checks' && one.checks.includes(id)));
}

/** The clauses of all frameworks that one of the controls speaks for. */
export function clausesOfControls(ids: readonly string[]): RelatedClause[] {
  return frameworks.flatMap((framework) =>
    framework.clauses.flatMap((clause) => {
      const mapping = clause.mappings.find(({ control }) => ids.includes(control));
      return mapping ? [{ ...clauseOf(framework, clause), relation: mapping.relation }] : [];
    }),
  );
}

export function clauseOf({ id: framework }: Framework, { id, title }: Clause): RelatedClause {
  return { framework, id: `${framework}:${id}`, title };
}

export function checksOfControl({ evidence }: Control): NamedThing[] {
  const ids = evidence.flatMap((one) => (one.by === 'checks' ? one.checks : []));
  return checks.filter(({ id }) => ids.includes(id)).map(named);
}

/** Checks that ask the same question of other subjects: those that are evidence for the same control. */
export function relatedChecks(id: string): NamedThing[] {
  const ids = controlsOfCheck(id).flatMap(({ evidence }) =>
    evidence.flatMap((one) => (one.by === 'checks' ? one.checks : [])),
  );
  return checks.filter((check) => check.id !== id && ids.includes(check.id)).map(named);
}

export function named({ id, title }: NamedThing): NamedThing {
  return { id, title };
}
