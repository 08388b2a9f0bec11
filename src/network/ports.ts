/** Ports by protocol: what two endpoints may use between them. Immutable; every operation makes a new one. */
export class Ports {
  static readonly none = new Ports(new Map());
  static readonly all = new Ports(new Map([...(['TCP', 'UDP', 'SCTP'] as const)].map((one) => [one, [[1, 65_535]]])));

  readonly #spans: ReadonlyMap<Protocol, readonly Span[]>;

  private constructor(spans: ReadonlyMap<Protocol, readonly Span[]>) {
    this.#spans = spans;
  }

  /** From the first to the last port, both included; none where they are the wrong way round. */
  static of(protocol: Protocol, first = 1, last = 65_535): Ports {
    return first > last ? Ports.none : new Ports(new Map([[protocol, [[first, last]]]]));
  }

  get isEmpty(): boolean {
    return this.#spans.size === 0;
  }

  get isAll(): boolean {
    return Ports.all.without(this).isEmpty;
  }

  has(protocol: Protocol, port: number): boolean {
    return (this.#spans.get(protocol) ?? []).some(([first, last]) => first <= port && port <= last);
  }

  and(other: Ports): Ports {
    return this.#with(other, intersect);
  }

  or(other: Ports): Ports {
    return this.#with(other, unite);
  }

  without(other: Ports): Ports {
    return this.#with(other, subtract);
  }

  equals(other: Ports): boolean {
    return this.without(other).isEmpty && other.without(this).isEmpty;
  }

  /** `TCP 80,8000-8010, UDP 53`; `every port` for all. */
  toString(): string {
    if (this.isEmpty) return 'no port';
    if (this.isAll) return 'every port';
    const parts = [...this.#spans].map(([protocol, spans]) => `${protocol} ${spans.map(describe).join(',')}`);
    return parts.sort().join(', ');
  }

  #with(other: Ports, operation: (a: readonly Span[], b: readonly Span[]) => readonly Span[]): Ports {
    const spans = new Map<Protocol, readonly Span[]>();
    for (const protocol of new Set([...this.#spans.keys(), ...other.#spans.keys()])) {
      const result = operation(this.#spans.get(protocol) ?? [], other.#spans.get(protocol) ?? []);
      if (result.length > 0) spans.set(protocol, result);
    }
    return new Ports(spans);
  }
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** Both ends belong to it. Lists of them are sorted, and neighbours do not touch. */
type Span = readonly [first: number, last: number];

function describe([first, last]: Span): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function unite(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...a, ...b].sort((one, other) => one[0] - other[0])) {
    const previous = joined.at(-1);
    if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

function intersect(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  return a.flatMap(([first, last]) =>
    b.flatMap(([from, to]): Span[] => {
      const span: Span = [Math.max(first, from), Math.min(last, to)];
      return span[0] <= span[1] ? [span] : [];
    }),
  );
}

function subtract(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  return b.reduce<readonly Span[]>(
    (left, [from, to]) =>
      left.flatMap(([first, last]): Span[] => {
        if (to < first || last < from) return [[first, last]];
        const before: Span[] = first < from ? [[first, from - 1]] : [];
        const behind: Span[] = to < last ? [[to + 1, last]] : [];
        return [...before, ...behind];
      }),
    a,
  );
}
