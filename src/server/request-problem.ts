/** Why a request is not answered, as RFC 9457 has it. Thrown by routes; the text is for people and names no secret. */
export class RequestProblem extends Error {
  readonly status: number;
  /** Permanent word for programs: `not-found`. */
  readonly code: string;
  /** What is wrong in which field of the request. */
  readonly fields: readonly FieldProblem[];
  /** When to come again, for `Retry-After`. */
  readonly retrySeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    fields: readonly FieldProblem[] = [],
    retrySeconds?: number,
  ) {
    super(detail);
    this.name = 'RequestProblem';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.retrySeconds = retrySeconds;
  }
}

export interface FieldProblem {
  /** `body.scope.name` */
  readonly field: string;
  readonly message: string;
}

export function notFound(what: string): RequestProblem {
  return new RequestProblem(404, 'not-found', `There is no ${what} of this id, or it is not for you to see.`);
}
