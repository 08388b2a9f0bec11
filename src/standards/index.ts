export {
  type Control,
  type ControlFamily,
  controlFamilies,
  type Evidence,
  type OutsideSource,
  type Proof,
} from './control.ts';
export { controls } from './controls/index.ts';
export type { Clause, Framework, Mapping } from './framework.ts';
export { frameworks } from './frameworks/index.ts';
