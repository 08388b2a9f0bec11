/** A Dockerfile or Containerfile as it was understood. */
export interface Dockerfile {
  readonly text: string;
}
