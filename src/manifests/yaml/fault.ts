/** Why a document is not read any further, and the offset in the text where that is. Thrown inside of this module only. */
export class YamlFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'YamlFault';
    this.offset = offset;
  }
}
