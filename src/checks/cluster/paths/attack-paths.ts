import type { ClusterState } from '#posture/index.ts';
import { dataStoreIn } from '../../kubernetes/network/exposure.ts';
import { type Estate, estateOf } from './estate.ts';
import { ADMIN, ANONYMOUS, ANY_NODE, dataOf, footholdWords, inWorkload, OUTSIDE } from './footholds.ts';
import { type Cut, type Step, StepGraph } from './graph.ts';
import { nodeSteps, nodesOf } from './node-steps.ts';
import { naturalSteps, rightSteps } from './right-steps.ts';
import { dataSteps, type ExploitedImages, escapeSteps, tokenSteps, waysIn } from './ways-in.ts';

/** One way from outside to something worth having. */
export interface AttackPath {
  readonly goal: 'cluster' | 'node' | 'data';
  /** What is had in the end: `the whole cluster`, `the data of StatefulSet shop/db`. */
  readonly what: string;
  /** What is broken into first: `Deployment shop/web`; absent where no pod has to be. */
  readonly entry?: string;
  readonly steps: readonly Step[];
  /** The smaller, the easier. */
  readonly weight: number;
}

export interface AttackPaths {
  /** Easiest first: of each entry the easiest way to the cluster and to a node, and the easiest way of all to each place where data is kept. */
  readonly paths: readonly AttackPath[];
  /** For the cluster and the nodes: the cheapest that was found which leaves no way to it. */
  readonly cuts: readonly CutSet[];
  readonly footholds: number;
}

export interface CutSet {
  readonly goal: string;
  readonly cuts: readonly Cut[];
  /** What remains when there is nothing to take away. */
  readonly isWhole: boolean;
}

/** How an attacker gets from outside to the cluster, its nodes and its data, by what is known of it. Pure. */
export function attackPaths(state: ClusterState, exploited: ExploitedImages = new Map()): AttackPaths {
  const estate = estateOf(state);
  const { graph, reversed, footholds } = graphOf(estate, exploited);
  const entries = graph.stepsFrom(OUTSIDE);
  const goals = goalsOf(estate);
  const paths = goals.flatMap(({ goal, foothold }) => {
    const ways = reversed.easiestFrom(foothold);
    const found = entries.flatMap((entry) => {
      const cost = ways.costTo(entry.to);
      const back = cost === undefined ? undefined : ways.wayTo(entry.to);
      if (cost === undefined || back === undefined || back.length === 0) return [];
      return [pathOf(goal, foothold, entry, back)];
    });
    // Whoever is in has a way to most data: of each the easiest is told.
    return goal === 'data' ? found.sort(easier).slice(0, 1) : found;
  });
  const whole = goals.filter(({ goal }) => goal !== 'data');
  const cuts = whole.flatMap(({ foothold }) => cutOff(graph, foothold) ?? []);
  return { paths: paths.sort(easier), cuts, footholds };
}

function easier(a: AttackPath, b: AttackPath): number {
  return a.weight - b.weight || RANK[a.goal] - RANK[b.goal] || a.steps.length - b.steps.length;
}

const RANK = { cluster: 0, node: 1, data: 2 } as const;

interface Goal {
  readonly goal: AttackPath['goal'];
  readonly foothold: string;
}

function goalsOf({ workloads }: Estate): readonly Goal[] {
  const stores = [...workloads].filter(([, workload]) => dataStoreIn(workload) !== undefined);
  return [
    { goal: 'cluster', foothold: ADMIN },
    { goal: 'node', foothold: ANY_NODE },
    ...stores.map(([key]) => ({ goal: 'data', foothold: dataOf(key) }) as const),
  ];
}

function graphOf(estate: Estate, exploited: ExploitedImages) {
  const graph = new StepGraph();
  const reversed = new StepGraph();
  const footholds = new Set<string>();
  const steps = [
    waysIn(estate, exploited),
    tokenSteps(estate),
    escapeSteps(estate, (key) => nodesOf(estate, key)),
    dataSteps(estate),
    rightSteps(estate),
    naturalSteps(estate),
    nodeSteps(estate),
  ];
  for (const some of steps)
    for (const step of some) {
      graph.add(step);
      reversed.add({ ...step, from: step.to, to: step.from });
      footholds.add(step.from).add(step.to);
    }
  return { graph, reversed, footholds: footholds.size };
}

/** @param back steps from the goal to the entry, turned round */
function pathOf(goal: AttackPath['goal'], foothold: string, entry: Step, back: readonly Step[]): AttackPath {
  const onwards = back.toReversed().map((step) => ({ ...step, from: step.to, to: step.from }));
  const steps = [entry, ...onwards];
  return {
    goal,
    what: footholdWords(foothold),
    ...(entry.to !== ANONYMOUS && { entry: entry.to.slice(inWorkload('').length) }),
    steps,
    weight: steps.reduce((sum, { weight }) => sum + weight, 0),
  };
}

const MAX_CUTS = 25;

/**
 * A cheap set of changes that leaves no way from outside to a goal: the cheapest single one where one is enough, else one after the other by
 * what they are worth, without those that turn out not to be needed.
 */
function cutOff(graph: StepGraph, goal: string): CutSet | undefined {
  const way = graph.easiestFrom(OUTSIDE).wayTo(goal);
  if (way === undefined) return undefined;
  const single = cutsOn(way)
    .sort((a, b) => a.cost - b.cost)
    .find(({ id }) => graph.easiestFrom(OUTSIDE, new Set([id])).wayTo(goal) === undefined);
  if (single) return { goal: footholdWords(goal), cuts: [single], isWhole: true };
  return cutStepByStep(graph, goal, way);
}

function cutStepByStep(graph: StepGraph, goal: string, first: readonly Step[]): CutSet {
  const made = new Map<string, Cut>();
  let way: readonly Step[] | undefined = first;
  while (way !== undefined && made.size < MAX_CUTS) {
    const [cheapest] = cutsOn(way).sort((a, b) => a.cost - b.cost);
    if (cheapest === undefined) break;
    made.set(cheapest.id, cheapest);
    way = graph.easiestFrom(OUTSIDE, new Set(made.keys())).wayTo(goal);
  }
  const needed = way === undefined ? withoutNeedless(graph, goal, made) : made;
  return { goal: footholdWords(goal), cuts: [...needed.values()], isWhole: way === undefined };
}

/** The dearest first: what others make needless is dropped. */
function withoutNeedless(graph: StepGraph, goal: string, made: ReadonlyMap<string, Cut>): ReadonlyMap<string, Cut> {
  const needed = new Map(made);
  for (const { id } of [...made.values()].sort((a, b) => b.cost - a.cost)) {
    const rest = new Set([...needed.keys()].filter((one) => one !== id));
    if (graph.easiestFrom(OUTSIDE, rest).wayTo(goal) === undefined) needed.delete(id);
  }
  return needed;
}

function cutsOn(way: readonly Step[]): Cut[] {
  return way.flatMap(({ cut }) => cut ?? []);
}
