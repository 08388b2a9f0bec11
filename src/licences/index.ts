export { classifyLicence, joinExpressions, type Licence } from './expression.ts';
export { spdxListVersion } from './spdx-list.ts';
