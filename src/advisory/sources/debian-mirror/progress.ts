/** What a caller can show while it waits. */
export interface MirrorProgress {
  readonly phase: 'lists' | 'changelogs';
  readonly done: number;
  readonly total: number;
  /** Received so far in the whole call. */
  readonly bytes: number;
}

/** Turns what happens into progress reports. */
export interface ProgressMeter {
  start(phase: MirrorProgress['phase'], total: number): void;
  step(): void;
  readonly received: (bytes: number) => void;
}

export function createProgressMeter(report: ((progress: MirrorProgress) => void) | undefined): ProgressMeter {
  let current: MirrorProgress = { phase: 'lists', done: 0, total: 0, bytes: 0 };
  const update = (change: Partial<MirrorProgress>): void => {
    current = { ...current, ...change };
    report?.(current);
  };
  return {
    start: (phase, total) => update({ phase, total, done: 0 }),
    step: () => update({ done: current.done + 1 }),
    received: (bytes) => update({ bytes: current.bytes + bytes }),
  };
}
