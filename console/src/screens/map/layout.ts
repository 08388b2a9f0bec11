/** Where things stand on the map: namespaces on a circle, their workloads round each of them, the outside in the middle. */
export interface Placed {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNamespace {
  readonly middle: Placed;
  /** Above all of them. */
  readonly title: Placed;
  readonly workloads: readonly Placed[];
}

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Between neighbours of one namespace. */
const SPACING = 1;

/** Of each namespace, its places and those of its workloads, in their order. The same every time for the same counts. */
export function placesOf(counts: readonly number[]): readonly PlacedNamespace[] {
  const radii = counts.map((count) => SPACING * Math.sqrt(Math.max(1, count)));
  const around = radii.reduce((sum, radius) => sum + 2 * radius + 2 * SPACING, 0);
  const circle = Math.max(around / (2 * Math.PI), Math.max(4, ...radii) * 1.6);
  let along = 0;
  return counts.map((count, index) => {
    const radius = radii[index] ?? 1;
    const angle = ((along + radius + SPACING) / Math.max(around, 1)) * 2 * Math.PI;
    along += 2 * radius + 2 * SPACING;
    const middle = { x: circle * Math.cos(angle), y: circle * Math.sin(angle) };
    const title = { x: middle.x, y: middle.y + radius + SPACING / 2 };
    return { middle, title, workloads: Array.from({ length: count }, (_, at) => seedAt(middle, at)) };
  });
}

/** As seeds in a sunflower: evenly dense, whatever their number. */
function seedAt(middle: Placed, index: number): Placed {
  const radius = SPACING * Math.sqrt(index + 0.5) * 0.9;
  const angle = index * GOLDEN_ANGLE;
  return { x: middle.x + radius * Math.cos(angle), y: middle.y + radius * Math.sin(angle) };
}
