import { FunctionTable } from '../evaluate/functions.ts';
import { available, declared, LISTS, NEVER, OPTIONALS } from './availability.ts';
import { conversions } from './conversions.ts';
import { encoders } from './encoders.ts';
import { kubernetes } from './kubernetes/index.ts';
import { lists, optionalItems, sets } from './lists.ts';
import { mathematics } from './mathematics.ts';
import { operators } from './operators.ts';
import { optionals, unwrapping } from './optionals.ts';
import { findings, matches, regularExpressions } from './regular-expressions.ts';
import { laterTexts, sizes, texts } from './texts.ts';
import { times } from './times.ts';

const standard = [...operators, ...conversions, ...sizes, ...matches, ...times];
const extensions = [
  ...texts,
  ...laterTexts,
  ...available(LISTS, lists),
  ...optionalItems,
  ...available(declared(29), sets),
  ...available(NEVER, mathematics),
  ...available(NEVER, encoders),
  ...available(OPTIONALS, optionals),
  ...unwrapping,
  ...findings,
  ...available(NEVER, regularExpressions),
];

/** Everything that there is: the language's own, the common extensions, and what Kubernetes adds. */
export const allFunctions = new FunctionTable([...standard, ...extensions, ...kubernetes]);

export const typeNames: ReadonlySet<string> = new Set([
  ...['int', 'uint', 'double', 'bool', 'string', 'bytes', 'list', 'map', 'null_type', 'type', 'optional_type'],
  ...['google.protobuf.Timestamp', 'google.protobuf.Duration', 'net.IP', 'net.CIDR', 'kubernetes.Quantity'],
  ...['kubernetes.URL', 'kubernetes.Semver'],
]);
