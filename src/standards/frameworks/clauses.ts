import type { Clause, Mapping } from '../framework.ts';

/** The clauses under one heading. */
export function section(heading: string, clauses: readonly Omit<Clause, 'section'>[]): readonly Clause[] {
  return clauses.map(({ id, title, text, ...rest }) => ({ id, title, text, section: heading, ...rest }));
}

type Mapped = (...controls: readonly string[]) => readonly Mapping[];

const ownReading =
  (relation: Mapping['relation']): Mapped =>
  (...controls) =>
    controls.map((control) => ({ control, relation, source: 'own reading' }));

/** The clause and the control ask for the same. */
export const exact = ownReading('exact');
/** The clause asks for more than the control; several of these together are all that it asks for. */
export const superset = ownReading('superset');
/** The control asks for more than the clause. */
export const subset = ownReading('subset');
/** They share a part, and something that the clause asks for stays open. */
export const intersects = ownReading('intersects');
