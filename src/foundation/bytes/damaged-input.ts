/**
 * Thrown while reading input that is broken or exceeds a bound; caught by the walker that drives the reading and turned
 * into a `Problem`. `code` is the problem's code.
 */
export class DamagedInput extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DamagedInput';
    this.code = code;
  }
}
