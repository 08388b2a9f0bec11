import type { GlobalArgument, Pair, Stage } from '../document.ts';
import type { Variables } from './expand.ts';

interface StageScope {
  readonly arguments: Map<string, string | undefined>;
  readonly environment: Map<string, string | undefined>;
  /** Whether RUN is read by a POSIX shell. */
  isPosix: boolean;
}

/** Values are copied for each stage that begins from another: what a document may make of that. */
const MAX_INHERITED = 200_000;

/** What variables stand for, instruction by instruction: https://docs.docker.com/reference/dockerfile/#environment-replacement. */
export class Scopes {
  readonly globals = new Map<string, GlobalArgument>();
  readonly #stages: StageScope[] = [];
  #inherited = 0;
  readonly #isPosix: boolean;

  constructor(isPosix: boolean) {
    this.#isPosix = isPosix;
  }

  get isPosix(): boolean {
    return this.#stages.at(-1)?.isPosix ?? this.#isPosix;
  }

  set isPosix(value: boolean) {
    const stage = this.#stages.at(-1);
    if (stage) stage.isPosix = value;
  }

  /** The variables that hold where the next instruction stands. */
  variables(isFrom: boolean): Variables {
    const stage = isFrom ? undefined : this.#stages.at(-1);
    if (!stage) return { get: (name) => this.globals.get(name)?.value };
    return {
      get: (name) => (stage.environment.has(name) ? stage.environment.get(name) : stage.arguments.get(name)),
    };
  }

  begin({ base }: Stage): void {
    const parent = base.kind === 'stage' ? this.#stages[base.stage] : undefined;
    this.#inherited += parent?.environment.size ?? 0;
    const environment = this.#inherited > MAX_INHERITED ? new Map() : new Map(parent?.environment);
    this.#stages.push({ arguments: new Map(), environment, isPosix: parent?.isPosix ?? this.#isPosix });
  }

  declareArguments(pairs: readonly Pair[]): void {
    const stage = this.#stages.at(-1);
    for (const { name, value } of pairs) {
      const known = knownValue(value);
      if (stage) stage.arguments.set(name.value, value ? known : this.globals.get(name.value)?.value);
      else {
        const { start, end } = name;
        this.globals.set(name.value, { start, end: value?.end ?? end, ...(known !== undefined && { value: known }) });
      }
    }
  }

  setEnvironment(pairs: readonly Pair[]): void {
    const stage = this.#stages.at(-1);
    for (const { name, value } of pairs) stage?.environment.set(name.value, knownValue(value));
  }
}

function knownValue(value: Pair['value']): string | undefined {
  return value === undefined || value.unknown.length > 0 ? undefined : value.value;
}
