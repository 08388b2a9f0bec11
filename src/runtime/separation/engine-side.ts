import { once } from 'node:events';
import type { Container } from '../container.ts';
import type { Describe } from '../containers/registry.ts';
import type { Pipeline } from '../pipeline.ts';
import type { ToEngine, ToOverseer } from './messages.ts';

const NOBODY = 65_534;

/** Whether this process is the engine of an overseer. */
export function isEngineProcess(variable: string): boolean {
  return process.env[variable] === '1' && process.connected;
}

/** The engine's end of the channel to the process with rights. */
export class OverseerChannel {
  readonly #waiting = new Map<string, (container: Container | undefined) => void>();
  readonly #asked = new Set<number>();

  readonly describe: Describe = (question, answer) => {
    this.#waiting.set(question.id, answer);
    this.#send({ kind: 'describe', question });
  };

  /** Asks for a process that is not known. What is told comes later, so the first events of it have only its name. */
  readonly askProcess = (pid: number): undefined => {
    if (this.#asked.size >= MAX_ASKED) this.#asked.clear();
    if (this.#asked.has(pid)) return;
    this.#asked.add(pid);
    this.#send({ kind: 'process', pid });
  };

  /** What the overseer said at the start. */
  async open(): Promise<Extract<ToEngine, { kind: 'start' }>> {
    const answer = once(process, 'message');
    this.#send({ kind: 'ready' });
    const [message]: ToEngine[] = await answer;
    if (message?.kind !== 'start') throw new Error('the process with rights did not answer');
    return message;
  }

  /** Hands what comes to the pipeline; resolves when everything that was there before is known. */
  serve(pipeline: Pipeline): Promise<void> {
    return new Promise((resolve) => {
      process.on('message', (message: ToEngine) => {
        if (message.kind === 'processes') for (const event of message.events) pipeline.seed(event);
        else if (message.kind === 'seeded') resolve();
        else if (message.kind === 'container') {
          this.#waiting.get(message.id)?.(message.container);
          this.#waiting.delete(message.id);
        }
      });
    });
  }

  close(): void {
    if (process.connected) process.disconnect();
  }

  #send(message: ToOverseer): void {
    if (process.connected) process.send?.(message);
  }
}

const MAX_ASKED = 4096;

/**
 * Gives up all rights of this process for good: everything that it still has to open must be open by now. Returns the user that it
 * runs as; `undefined` when it had no rights to give up.
 */
export function dropRights(): number | undefined {
  if (process.getuid?.() !== 0) return undefined;
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
  return NOBODY;
}
