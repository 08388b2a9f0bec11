import type { Alert } from '#detection/index.ts';
import { err, ok, painter, printable, type Result } from '#foundation/index.ts';
import {
  type BlindWindow,
  describeContainer,
  dropRights,
  type ForeignAlert,
  findHierarchy,
  listGroups,
  listRunning,
  OverseerChannel,
  Pipeline,
  Recorder,
  type RuntimeEvent,
  readProcesses,
  type Sensor,
  sensorNamed,
} from '#runtime/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { wantsColor } from '../../terminal.ts';
import { AlertPrinter } from './alert-printer.ts';
import { containerFilter } from './container-filter.ts';
import { isAtLeast, Judge } from './judge.ts';
import type { WatchFlags } from './run.ts';
import { renderSummary } from './summary.ts';
import { Tally } from './tally.ts';
import { TerminalView } from './view.ts';

export interface SessionPlace {
  readonly sensor: string;
  readonly descriptors: { readonly ringDescriptor: number; readonly countersDescriptor: number } | undefined;
  readonly hostname: string;
}

/** One watch: from a sensor through the state and the rules to the terminal. */
export class Session {
  readonly #flags: WatchFlags;
  readonly #place: SessionPlace;
  readonly #judge: Judge;
  readonly #recorder: Recorder | undefined;
  readonly #tally = new Tally();
  readonly #abort = new AbortController();
  readonly #disabled: string[] = [];
  readonly #channel: OverseerChannel | undefined;
  #printer: AlertPrinter;
  #failed = false;
  /** What happened before was waiting for the start: it says nothing of how fast a watch is. */
  #readyUs = Number.POSITIVE_INFINITY;

  private constructor(flags: WatchFlags, place: SessionPlace, judge: Judge, recorder: Recorder | undefined) {
    this.#flags = flags;
    this.#place = place;
    this.#judge = judge;
    this.#recorder = recorder;
    this.#channel = place.descriptors && new OverseerChannel();
    this.#printer = new AlertPrinter(process.stdout, {
      json: flags.json === true,
      hostname: place.hostname,
      paint: painter(wantsColor(process.stdout, process.env)),
    });
  }

  static async open(flags: WatchFlags, place: SessionPlace): Promise<Result<Session>> {
    const judge = await Judge.open(flags);
    if (!judge.ok) return judge;
    for (const warning of judge.value.warnings) process.stderr.write(`plimsoll: ${printable(warning)}\n`);
    try {
      const recorder =
        flags.record === undefined ? undefined : new Recorder(flags.record, { hostNames: [place.hostname] });
      recorder?.line({ kind: 'header', format: 1, sensor: place.sensor, startedUs: Date.now() * 1000 });
      return ok(new Session(flags, place, judge.value, recorder));
    } catch (error) {
      return err(
        `--record ${flags.record} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  async run(): Promise<ExitCode> {
    const stop = () => this.#abort.abort();
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    const started = performance.now();
    try {
      return await this.#watch(started);
    } finally {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      this.#recorder?.close();
      this.#channel?.close();
    }
  }

  async #watch(started: number): Promise<ExitCode> {
    const { pipeline, sensor } = await this.#prepare();
    if (!sensor.ok) {
      process.stderr.write(`plimsoll: ${printable(sensor.error)}\n`);
      return exitCodes.usage;
    }
    const probe = await this.#probe(sensor.value);
    if (probe !== undefined) {
      process.stderr.write(`plimsoll: ${sensor.value.id} cannot run: ${printable(probe)}\n`);
      return exitCodes.notAssessed;
    }
    const running = sensor.value.run(pipeline, this.#abort.signal);
    await this.#seed(pipeline);
    this.#readyUs = Date.now() * 1000;
    const view = this.#openView(sensor.value);
    const timer =
      this.#flags.for === undefined ? undefined : setTimeout(() => this.#abort.abort(), this.#flags.for * 1000);
    await running.catch((error: unknown) => this.#describeEnd(error));
    clearTimeout(timer);
    view?.close();
    this.#printSummary(pipeline, sensor.value, (performance.now() - started) / 1000);
    return this.#exitCode(sensor.value);
  }

  /** Everything that needs rights is done here; at the end they are gone. */
  async #prepare(): Promise<{ readonly pipeline: Pipeline; readonly sensor: Result<Sensor> }> {
    const start = await this.#channel?.open();
    const hierarchyNumber = start?.hierarchyNumber ?? (this.#watchesHost() ? findHierarchy().number : 0);
    const pipeline = new Pipeline({
      sink: {
        event: (event) => this.#event(event),
        blind: (window) => this.#blind(window),
        document: (document) => this.#judge.document(document),
        alert: (alert) => this.#foreignAlert(alert),
      },
      describe:
        this.#channel?.describe ??
        ((question, answer) => answer(this.#watchesHost() ? describeContainer(question) : undefined)),
      ...(this.#channel && { processSource: this.#channel.askProcess }),
      hierarchyNumber,
      recorder: this.#recorder,
      wanted: containerFilter(this.#flags.container),
    });
    this.#judge.start({
      alert: (alert, event) => this.#alert(alert, event),
      ruleDisabled: (name, why) => this.#ruleDisabled(name, why),
    });
    if (start) {
      for (const command of start.commands) pipeline.registry.addCommand(command);
      for (const [id, path] of start.groups) pipeline.registry.addGroup(id, path);
      for (const tracepoint of start.missing) this.#warn(`this kernel has no tracepoint for ${tracepoint}`);
      if (!this.#flags.keepRoot) dropRights();
    }
    return {
      pipeline,
      sensor: sensorNamed(
        this.#place.sensor,
        { descriptors: this.#place.descriptors, world: pipeline },
        this.#flags.follow === true,
      ),
    };
  }

  #watchesHost(): boolean {
    return !this.#place.sensor.includes(':') && this.#place.descriptors === undefined;
  }

  /** The process with rights has tried the sensor already. */
  async #probe(sensor: Sensor): Promise<string | undefined> {
    if (this.#place.descriptors !== undefined) return undefined;
    const probe = await sensor.probe();
    return probe.ready ? undefined : probe.reason;
  }

  async #seed(pipeline: Pipeline): Promise<void> {
    if (this.#channel) return this.#channel.serve(pipeline);
    if (!this.#watchesHost()) return;
    for (const command of listRunning()) pipeline.registry.addCommand(command);
    for (const [id, path] of listGroups(findHierarchy())) pipeline.registry.addGroup(id, path);
    for (const event of readProcesses(() => 0)) pipeline.seed(event);
  }

  #openView(sensor: Sensor): TerminalView | undefined {
    const isTerminal = process.stdout.isTTY === true;
    if (!isTerminal || !this.#flags.view || this.#flags.json || this.#flags.replay !== undefined) return undefined;
    const view = new TerminalView(process.stdout, painter(wantsColor(process.stdout, process.env)), this.#tally, {
      sensor: sensor.id,
      rules: this.#judge.ruleCount,
      lost: () => sensor.health().lost,
    });
    this.#printer.through(view);
    return view;
  }

  #event(event: RuntimeEvent): void {
    this.#tally.event(event);
    this.#judge.event(event);
  }

  #alert(alert: Alert, event: RuntimeEvent | undefined): void {
    const isLive = this.#flags.replay === undefined && event !== undefined && event.event.timeUs > this.#readyUs;
    this.#tally.alert(alert, event, isLive ? Date.now() * 1000 - event.event.timeUs : undefined);
    if (this.#flags.failOn !== undefined && isAtLeast(alert.priority, this.#flags.failOn)) this.#failed = true;
    if (isAtLeast(alert.priority, this.#flags.priority)) this.#printer.alert(alert);
  }

  #foreignAlert(alert: ForeignAlert): void {
    this.#tally.foreignAlerts++;
    if (isAtLeast(alert.priority, this.#flags.priority)) this.#printer.foreign(alert);
    if (this.#flags.failOn !== undefined && isAtLeast(alert.priority, this.#flags.failOn)) this.#failed = true;
  }

  #blind(window: BlindWindow): void {
    this.#tally.addBlind(window);
    this.#warn(
      `blind (${window.reason}): ${window.lost === undefined ? '' : `${window.lost} missing; `}${window.detail}`,
    );
  }

  #ruleDisabled(name: string, why: string): void {
    this.#disabled.push(`${name}: ${why}`);
    this.#warn(`rule ${name} is left out from now on: ${why}`);
  }

  #warn(text: string): void {
    this.#printer.warn(`plimsoll: ${printable(text)}`);
  }

  #describeEnd(error: unknown): void {
    if (this.#abort.signal.aborted) return;
    const now = Date.now() * 1000;
    const detail = error instanceof Error ? error.message : String(error);
    this.#blind({
      reason: 'sensor-restart',
      sensor: this.#place.sensor,
      fromUs: now,
      toUs: now,
      lost: undefined,
      detail: `the sensor ended: ${detail}`,
    });
  }

  #printSummary(pipeline: Pipeline, sensor: Sensor, seconds: number): void {
    const text = renderSummary(this.#tally, {
      sensor: sensor.id,
      seconds,
      rules: this.#judge.ruleCount,
      health: sensor.health(),
      disabled: this.#disabled,
      state: { ...pipeline.tracker.statistics },
    });
    (this.#flags.json ? process.stderr : process.stdout).write(text);
  }

  #exitCode(sensor: Sensor): ExitCode {
    if (this.#failed) return exitCodes.findings;
    const { lost, unreadable } = sensor.health();
    const isWhole = lost === 0 && unreadable === 0 && this.#tally.blind.length === 0 && this.#disabled.length === 0;
    return isWhole ? exitCodes.ok : exitCodes.notAssessed;
  }
}
