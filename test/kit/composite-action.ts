import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/** A step of a composite action: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax */
interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CompositeAction {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export function readAction(file: string): CompositeAction {
  return parse(readFileSync(file, 'utf8'));
}

export interface ActionRun {
  /** Of the step that failed; 0 when none did. */
  readonly code: number;
  readonly log: string;
  /** The page of the job. */
  readonly summary: string;
  /** `step.name` */
  readonly outputs: ReadonlyMap<string, string>;
  /** What other actions were given, in order. They are not run. */
  readonly used: readonly Readonly<Record<string, string>>[];
}

/** Runs the steps one after the other as the runner does, with a runner's files and a bash of its settings. */
export function runAction(
  file: string,
  directory: string,
  given: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): ActionRun {
  const { inputs, runs } = readAction(file);
  const values = new Map(Object.entries(inputs).map(([name, { default: value = '' }]) => [name, value]));
  for (const [name, value] of Object.entries(given)) values.set(name, value);
  const runner = new Runner(dirname(file), directory, values, environment);
  try {
    for (const step of runs.steps) runner.take(step);
    return runner.result();
  } finally {
    runner.close();
  }
}

class Runner {
  readonly #place = mkdtempSync(join(tmpdir(), 'plimsoll-runner-'));
  readonly #actionPath: string;
  readonly #directory: string;
  readonly #inputs: ReadonlyMap<string, string>;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #outputs = new Map<string, string>();
  readonly #used: Readonly<Record<string, string>>[] = [];
  #log = '';
  #code = 0;

  constructor(
    actionPath: string,
    directory: string,
    inputs: ReadonlyMap<string, string>,
    environment: Readonly<Record<string, string>>,
  ) {
    this.#actionPath = actionPath;
    this.#directory = directory;
    this.#inputs = inputs;
    this.#environment = environment;
  }

  take(step: Step): void {
    if (this.#code !== 0 || (step.if !== undefined && !this.#holds(step.if))) return;
    if (step.uses !== undefined) this.#used.push(this.#expanded(step.with));
    else this.#run(step);
  }

  result(): ActionRun {
    const page = join(this.#place, 'summary');
    const summary = existsSync(page) ? readFileSync(page, 'utf8') : '';
    return { code: this.#code, log: this.#log, summary, outputs: this.#outputs, used: this.#used };
  }

  close(): void {
    rmSync(this.#place, { recursive: true, force: true });
  }

  #run({ id = '', run = '', env: given }: Step): void {
    const [script, output] = [join(this.#place, 'step.sh'), join(this.#place, 'output')];
    writeFileSync(script, run);
    writeFileSync(output, '');
    const env = {
      ...this.#environment,
      ...this.#expanded(given),
      GITHUB_ACTION_PATH: this.#actionPath,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(this.#place, 'summary'),
      RUNNER_TEMP: this.#place,
    };
    const argv = ['--noprofile', '--norc', '-eo', 'pipefail', script];
    const done = spawnSync('bash', argv, { cwd: this.#directory, env, encoding: 'utf8' });
    this.#log += done.stdout + done.stderr;
    this.#code = done.status ?? 130;
    for (const line of readFileSync(output, 'utf8').split('\n')) {
      const [, name, value = ''] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
      if (name !== undefined) this.#outputs.set(`${id}.${name}`, value);
    }
  }

  #expanded(texts: Readonly<Record<string, string>> = {}): Record<string, string> {
    const expand = (text: string) =>
      text.replaceAll(/\$\{\{ (inputs|steps)\.([\w.-]+) \}\}/g, (_all, kind, name) => this.#value(kind, name));
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, expand(text)]));
  }

  #value(kind: string, name: string): string {
    const found = kind === 'inputs' ? this.#inputs.get(name) : this.#outputs.get(name.replace('.outputs.', '.'));
    return found ?? '';
  }

  /** Of the runner's expressions: comparisons that all must hold. */
  #holds(condition: string): boolean {
    const text = condition.replace(/^\$\{\{ (.*) \}\}$/, '$1');
    return text.split(' && ').every((part) => {
      const [, kind = '', name = '', operator, value] = /^(inputs|steps)\.([\w.-]+) (==|!=) '(.*)'$/.exec(part) ?? [];
      assert.notEqual(kind, '', `an expression that is not understood here: ${part}`);
      return (this.#value(kind, name) === value) === (operator === '==');
    });
  }
}
