/** An answer that sends the browser elsewhere in this server. */
export class Redirect {
  /** `/sign-in` */
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }
}
