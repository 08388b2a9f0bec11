export type { Field, Filter, FilterOperator, FilterTerm, FilterValue } from './field.ts';
export { type FindingField, findingLanguage, severityOrder } from './findings.ts';
export { parseFilter } from './parse.ts';
export type { FilterFault } from './tokens.ts';
