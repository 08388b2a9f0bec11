import type { ImageConfig } from '#artifact/index.ts';

/** The configuration of an image, with the day on which it is judged: checks have no clock. */
export interface ImageConfigSubject {
  readonly config: ImageConfig;
  /** ISO date or time. */
  readonly today: string;
}
