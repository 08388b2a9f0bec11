/** What a user says about checks. Plain data. */
export interface CheckSettings {
  /** Ids of checks that are not asked. */
  readonly disabled?: readonly string[];
  /** ISO date or time on which everything is judged. */
  readonly today: string;
}
