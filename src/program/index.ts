export { addDays, DAY_MS, dayOf, isoDay } from './age.ts';
export { factsOfDays } from './day-facts.ts';
export { addFacts, type CoverageName, coverageNames, type FactName, type Facts, factNames } from './facts.ts';
export { type Lesson, teaches } from './lessons/lesson.ts';
export { lessons } from './lessons/load.ts';
export type { FindingHistory, HistoryEvent } from './life.ts';
export type { Metric, MetricValue } from './metric.ts';
export { metrics } from './metrics.ts';
export {
  type ObjectiveStanding,
  type ObjectiveState,
  objectiveStates,
  standingOfObjective,
} from './objective.ts';
