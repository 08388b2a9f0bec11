export {
  judgeLicences,
  type LicenceCategory,
  type LicenceFinding,
  type LicenceJudgement,
  licenceCategories,
  licenceFindings,
} from './category.ts';
export { classifyLicence, joinExpressions, type Licence } from './expression.ts';
export { spdxListVersion } from './spdx-list.ts';
export { licenceOfText } from './text.ts';
