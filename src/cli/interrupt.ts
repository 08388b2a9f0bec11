/** The user or the system asked the program to stop. */
export class Interrupted extends Error {}

/** Ctrl-C and termination end the work in an orderly manner: temporary files go, nothing half-written stays. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(new Interrupted(`stopped by ${signal}`)));
  }
  return controller.signal;
}
