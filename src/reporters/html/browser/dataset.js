/** What the report page shows; `../dataset.ts` writes it. Rows name packages and vulnerabilities by their position. */
const dataset = JSON.parse(document.getElementById('dataset').textContent);

export const { severities, states, packages, vulnerabilities, findings } = dataset;

const fixedState = states.findIndex(({ id }) => id === 'fixed');
export const unaffectedState = states.findIndex(({ id }) => id === 'not-affected');

/** Everything but what a publisher declared not affected. */
export const openFindings = findings.filter((finding) => finding.t !== unaffectedState);

export const packageOf = (finding) => packages[finding.p];
export const vulnerabilityOf = (finding) => vulnerabilities[finding.v];
export const hasFix = (finding) => finding.t === fixedState && finding.fixed !== undefined;
