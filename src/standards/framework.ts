/** A published standard, as far as it is about containers and what they run on. */
export interface Framework {
  /** `nist-800-190`: public and permanent; also what `--framework` takes. */
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  /** Of the publication: `2017`, `1.6.0`, `4.0.1`. */
  readonly version: string;
  /** Whose words the clauses have: a publication in the public domain may be quoted, of others only the numbers are theirs. */
  readonly wording: 'published' | 'own';
  readonly references: readonly string[];
  /** In the order of the publication. */
  readonly clauses: readonly Clause[];
}

export interface Clause {
  /** As the publication numbers it: `4.1.1`, `5.2.3`, `CC6.1`, `T1610`. */
  readonly id: string;
  readonly title: string;
  /** What it asks for. */
  readonly text: string;
  /** Heading that it stands under. */
  readonly section: string;
  /** Which controls speak for it. Empty: nothing does, and `unmapped` says why. */
  readonly mappings: readonly Mapping[];
  readonly unmapped?: string;
}

/** One row of the crosswalk; framework, version and clause are those it stands in. */
export interface Mapping {
  /** Id of a control. */
  readonly control: string;
  /**
   * Of the clause to the control. `exact`: they ask for the same; `superset`: the clause asks for more than the control; `subset`: the
   * control asks for more than the clause; `intersects`: they share a part.
   */
  readonly relation: 'exact' | 'superset' | 'subset' | 'intersects';
  /** Who says so: a published mapping, or `own reading`. */
  readonly source: string;
}
