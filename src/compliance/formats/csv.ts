import { printable } from '#foundation/index.ts';
import type { FrameworkAssessment, Requirement } from '../report.ts';
import type { ComplianceFormat } from './format.ts';
import { attestationWords, stateWords } from './wording.ts';

/** RFC 4180, with a line for each requirement. */
export const csv: ComplianceFormat = {
  id: 'csv',
  title: 'A line for each requirement, for spreadsheets',
  *render({ frameworks }) {
    yield line(columns.map(([title]) => title));
    for (const framework of frameworks)
      for (const requirement of framework.requirements)
        yield line(columns.map(([, cell]) => cell(requirement, framework)));
  },
};

type Cell = (requirement: Requirement, framework: FrameworkAssessment) => string | number;

const columns: readonly (readonly [title: string, cell: Cell])[] = [
  ['framework', (_, { id }) => id],
  ['version', (_, { version }) => version],
  ['clause', ({ clause }) => clause],
  ['title', ({ title }) => title],
  ['section', ({ section }) => section],
  ['state', ({ state }) => stateWords[state]],
  ['reason', ({ reason }) => reason],
  ['failing', ({ counts }) => counts.failing],
  ['accepted', ({ counts }) => counts.accepted],
  ['passed', ({ counts }) => counts.passed],
  ['controls', ({ controls }) => controls.map(({ id, state }) => `${id} (${stateWords[state]})`).join('; ')],
  ['missing', ({ missing }) => missing.map(({ why, how }) => `${why}: ${how}`).join('; ')],
  ['statement', ({ attestation }) => (attestation ? attestationWords(attestation) : '')],
];

function line(cells: readonly (string | number)[]): string {
  return `${cells.map(field).join(',')}\r\n`;
}

/** A cell that begins like a formula would be run by spreadsheets: https://owasp.org/www-community/attacks/CSV_Injection */
function field(value: string | number): string {
  const text = printable(String(value));
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
