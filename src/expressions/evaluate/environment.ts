import type { Type } from '../types/type.ts';
import type { FunctionTable } from './functions.ts';

/** What names mean in an expression. */
export interface Environment {
  readonly functions: FunctionTable;
  /** By name, which may have dots; undefined where any name may be given at evaluation. */
  readonly variables: ReadonlyMap<string, Type> | undefined;
  /** Where names are looked for first: `google.protobuf`. */
  readonly container: string;
  /** Names that stand for types, such as `int`. */
  readonly typeNames: ReadonlySet<string>;
}
