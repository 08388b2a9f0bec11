/** Why a document is not read any further, and the offset in the text where that is. Thrown inside of this module only. */
export class YamlFault extends Error {
  readonly offset: number;

  /** A file may be faults and nothing else: noting where in the program each was met would take most of the time. */
  constructor(message: string, offset: number) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'YamlFault';
    this.offset = offset;
  }
}
