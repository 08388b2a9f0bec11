import type { RuleFaultCode } from '../rules/fault.ts';

/** Why a check cannot be asked. */
export class CompileFault extends Error {
  readonly code: RuleFaultCode;
  readonly at: number;

  constructor(code: RuleFaultCode, message: string, at: number) {
    super(message);
    this.code = code;
    this.at = at;
  }
}
