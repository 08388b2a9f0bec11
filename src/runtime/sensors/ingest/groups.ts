import type { Container, ContainerRuntime, Pod } from '../../container.ts';
import { parseImageName } from '../../containers/image-name.ts';
import { bareContainer } from '../../containers/registry.ts';
import type { IngestedRecord } from './ingest.ts';

const MAX_CONTAINERS = 16_384;

/** What a record of another tool says of the container that it happened in. */
export interface ForeignContainer {
  readonly id: string;
  readonly runtime: ContainerRuntime;
  readonly name: string | undefined;
  readonly image: string | undefined;
  readonly imageDigest: string | undefined;
  readonly startUs: number | undefined;
  readonly privileged: boolean | undefined;
  readonly pod: Pod | undefined;
}

/** Gives each container that records speak of a group number, since those tools do not tell control groups. */
export class ForeignGroups {
  readonly #groups = new Map<string, number>();
  #last = 0;

  /** The number, and the record that makes it known when it is new. */
  groupOf(container: ForeignContainer | undefined): { readonly group: number; readonly told: IngestedRecord[] } {
    if (container === undefined || container.id === '') return { group: 0, told: [] };
    const known = this.#groups.get(container.id);
    if (known !== undefined) return { group: known, told: [] };
    if (this.#groups.size >= MAX_CONTAINERS) this.#groups.clear();
    const group = ++this.#last;
    this.#groups.set(container.id, group);
    return { group, told: [{ kind: 'container', group, container: describe(container) }] };
  }
}

function describe(foreign: ForeignContainer): Container {
  return {
    ...bareContainer({ id: foreign.id, runtime: foreign.runtime }, ''),
    id: foreign.id.slice(0, 12),
    name: foreign.name,
    image: foreign.image === undefined ? undefined : parseImageName(foreign.image, foreign.imageDigest, undefined),
    startUs: foreign.startUs,
    privileged: foreign.privileged,
    pod: foreign.pod,
    described: 'yes',
  };
}
