import type { Container } from '../container.ts';
import type { ContainerQuestion } from '../containers/registry.ts';
import type { RuntimeCommand } from '../containers/runtime-command.ts';
import type { SensorEvent } from '../event.ts';

/**
 * What the process with rights and the one that judges tell one another. Both are this program, and the channel is theirs alone: they
 * are typed here and not parsed again.
 */
export type ToEngine =
  | {
      readonly kind: 'start';
      readonly hierarchyNumber: number;
      readonly missing: readonly string[];
      readonly commands: readonly RuntimeCommand[];
      readonly groups: readonly (readonly [id: number, path: string])[];
    }
  | { readonly kind: 'processes'; readonly events: readonly SensorEvent[] }
  | { readonly kind: 'seeded' }
  | { readonly kind: 'container'; readonly id: string; readonly container: Container | undefined };

export type ToOverseer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'describe'; readonly question: ContainerQuestion }
  | { readonly kind: 'process'; readonly pid: number };

/** Where the engine's process finds what it was given. */
export const RING_DESCRIPTOR = 3;
export const COUNTERS_DESCRIPTOR = 4;
/** Set for the process that judges. */
export const ENGINE_VARIABLE = 'PLIMSOLL_WATCH_ENGINE';
