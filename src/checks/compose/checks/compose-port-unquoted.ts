import type { TextEdit } from '../../check.ts';
import type { Setting } from '../file/setting.ts';
import { serviceCheck } from '../service-check.ts';

/** Sexagesimal: what follows each colon is below 60. */
const BASE_60 = /^[1-9]\d{0,4}(?::[0-5]?\d){1,2}$/;

function quoted(at: Setting): readonly TextEdit[] | undefined {
  const range = at.ownRange;
  return range && [{ ...range, text: `"${at.document.text.slice(range.start, range.end)}"` }];
}

function isPlain(at: Setting): boolean {
  const range = at.ownRange;
  return range !== undefined && BASE_60.test(at.document.text.slice(range.start, range.end));
}

export const composePortUnquoted = serviceCheck({
  id: 'compose-port-unquoted',
  title: 'A port is written in a way that some readers take for a number',
  severity: 'info',
  rationale: 'Readers of YAML 1.1 take `22:22` for a number to the base of 60 and publish port 1342 instead.',
  remediation: 'Put the port in quotes.',
  controls: ['CM-6'],
  references: ['https://docs.docker.com/reference/compose-file/services/#ports', 'https://yaml.org/type/int.html'],
  examples: {
    pass: [
      `services:
  git:
    image: example.com/git:1
    ports:
      - "127.0.0.1:2222:22"
      - 8080:80
`,
    ],
    fail: [
      `services:
  git:
    image: example.com/git:1
    ports:
      - 2222:22
`,
    ],
  },
  find: (service) =>
    service
      .ownItems('ports')
      .filter(isPlain)
      .map((at) => ({ message: `the port ${at.text} is not in quotes`, at, fix: quoted(at) })),
});
