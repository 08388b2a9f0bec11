/** What the report page shows; `../dataset/index.ts` writes it. Rows name packages and vulnerabilities by their position. */
const dataset = JSON.parse(document.getElementById('dataset').textContent);

export const { severities, states, categories, packages, vulnerabilities, findings } = dataset;
export const { decisions, receipts, facts, counterfactuals, windows } = dataset;

const fixedState = states.findIndex(({ id }) => id === 'fixed');
export const unaffectedState = states.findIndex(({ id }) => id === 'not-affected');

export const decisionOf = (finding) => decisions[finding.d];
export const receiptOf = (finding) => receipts[finding.r];
/** Somebody has closed it by a decision. */
export const isDecided = (finding) => decisionOf(finding)?.closes === true;

/** Everything but what a publisher declared not affected. */
const countedFindings = findings.filter((finding) => finding.t !== unaffectedState);
/** What was decided does not count either. */
export const openFindings = countedFindings.filter((finding) => !isDecided(finding));
export const decidedCount = countedFindings.length - openFindings.length;

export const packageOf = (finding) => packages[finding.p];
export const vulnerabilityOf = (finding) => vulnerabilities[finding.v];
export const hasFix = (finding) => finding.t === fixedState && finding.fixed !== undefined;
