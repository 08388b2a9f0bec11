import type { Unit } from '#model/index.ts';
import type { Container } from './container.ts';
import type { BlindWindow, DocumentEvent, ForeignAlert, SensorEvent } from './event.ts';

/**
 * A source of events. Each says what it needs and, when it cannot run here, why; the agent takes the best that can and tells what the
 * chosen one does not see. State (process tree, descriptors, containers) and rules are not a sensor's business.
 */
export interface Sensor extends Unit {
  /** What it needs, in words. @example 'Linux 5.8 or newer, CAP_BPF and CAP_PERFMON (or root), libbpf.so.1' */
  readonly requires: string;
  /** Subjects that this sensor does not see. @example ['DNS answers'] */
  readonly blindTo: readonly string[];
  /** Whether it can run here. Changes nothing and starts nothing. */
  probe(): Promise<Probe>;
  /** Delivers until `signal` aborts or the input ends, then resolves. Rejects only for a failure that ends the watch. */
  run(sink: SensorSink, signal: AbortSignal): Promise<void>;
  health(): SensorHealth;
}

export type Probe =
  | { readonly ready: true; readonly detail: string }
  | { readonly ready: false; readonly reason: string };

/** Where a sensor delivers. Calls are synchronous and must not throw. */
export interface SensorSink {
  event(event: SensorEvent): void;
  blind(window: BlindWindow): void;
  document(event: DocumentEvent): void;
  alert(alert: ForeignAlert): void;
}

export interface SensorHealth {
  readonly events: number;
  readonly lost: number;
  /** By processor, when the sensor counts so. */
  readonly lostByCpu: readonly number[];
  /** Records that were there but could not be understood. */
  readonly unreadable: number;
}

/** What recordings and other tools tell beside events: how the world is. */
export interface KnownWorld {
  /** A process or descriptor that was there before. */
  seed(event: SensorEvent): void;
  /** A control group and its path. */
  group(id: number, path: string): void;
  /** A container as it is described there, in the group of that number. */
  container(group: number, container: Container): void;
}
