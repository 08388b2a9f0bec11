/** Where the server's own advisory database is, and how it is brought up to date. */
export interface AdvisorySettings {
  readonly directory: string;
  /** A mirror of the feeds, directory or base URL; the publishers when absent. */
  readonly feedMirror?: string;
  /** `offline`: nothing is fetched; what is imported into the directory counts. */
  readonly network: 'auto' | 'offline';
  /** Between two looks at the feeds. */
  readonly everyMinutes: number;
  /** The program that does it: in a process of its own, since reading feeds takes memory and time. */
  readonly program: string;
}
