import type { Container } from './container.ts';
import { ContainerRegistry, type Describe } from './containers/registry.ts';
import type { BlindWindow, DocumentEvent, ForeignAlert, RuntimeEvent, SensorEvent } from './event.ts';
import type { Recorder } from './recording/recorder.ts';
import type { KnownWorld, SensorSink } from './sensor.ts';
import { type ProcessSource, Tracker } from './state/tracker.ts';

/** Where joined events go: a rule engine, a baseline, a view. */
export interface RuntimeSink {
  event(event: RuntimeEvent): void;
  blind(window: BlindWindow): void;
  document(event: DocumentEvent): void;
  alert(alert: ForeignAlert): void;
}

export interface PipelineOptions {
  readonly sink: RuntimeSink;
  readonly describe: Describe;
  /** Number of the hierarchy from which the ids of control groups are. */
  readonly hierarchyNumber: number;
  readonly processSource?: ProcessSource;
  readonly recorder?: Recorder | undefined;
  /** Whether an event is judged and recorded; the state sees all of them. */
  readonly wanted?: ((container: Container | undefined) => boolean) | undefined;
}

/** From a sensor to those who judge: records, keeps the state, joins, filters. */
export class Pipeline implements SensorSink, KnownWorld {
  readonly registry: ContainerRegistry;
  readonly tracker: Tracker;
  readonly #sink: RuntimeSink;
  readonly #recorder: Recorder | undefined;
  readonly #wanted: ((container: Container | undefined) => boolean) | undefined;
  readonly blindWindows: BlindWindow[] = [];

  constructor({ sink, describe, hierarchyNumber, processSource, recorder, wanted }: PipelineOptions) {
    this.registry = new ContainerRegistry(describe, hierarchyNumber, (id, path, container) => {
      if (wanted === undefined || wanted(container)) recorder?.line({ kind: 'group', id, path });
    });
    this.tracker = new Tracker(this.registry, processSource);
    this.#sink = sink;
    this.#recorder = recorder;
    this.#wanted = wanted;
  }

  event(event: SensorEvent): void {
    const joined = this.tracker.apply(event);
    if (this.#wanted !== undefined && !this.#wanted(joined.container)) return;
    this.#recorder?.container(event.cgroupId, joined.container);
    this.#recorder?.event(event);
    this.#sink.event(joined);
  }

  seed(event: SensorEvent): void {
    // A recording of some containers says nothing of what else runs on the machine.
    if (this.#wanted === undefined) this.#recorder?.seed(event);
    this.tracker.seed(event);
  }

  group(id: number, path: string): void {
    this.registry.addGroup(id, path);
  }

  container(group: number, container: Container): void {
    this.registry.setContainer(group, container);
  }

  blind(window: BlindWindow): void {
    this.#recorder?.line({ kind: 'blind', window });
    if (this.blindWindows.length < MAX_BLIND_WINDOWS) this.blindWindows.push(window);
    this.#sink.blind(window);
  }

  document(event: DocumentEvent): void {
    this.#recorder?.line({ kind: 'document', document: event });
    this.#sink.document(event);
  }

  alert(alert: ForeignAlert): void {
    this.#recorder?.line({ kind: 'alert', alert });
    this.#sink.alert(alert);
  }
}

const MAX_BLIND_WINDOWS = 1000;
