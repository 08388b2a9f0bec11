/** What every member of a unit family (cataloger, version scheme, advisory source, reporter, …) says of itself. */
export interface Unit {
  /** Public and permanent; also the name of the unit's folder. */
  readonly id: string;
  /** One line for lists and generated documentation. */
  readonly title: string;
  /** Where the format or rule is specified. */
  readonly references: readonly string[];
  readonly maturity: 'stable' | 'incubating' | 'deprecated';
}
