import type { Setting } from '../file/setting.ts';
import { serviceCheck } from '../service-check.ts';

const OPTION =
  /(?:^|\s)--?[a-z-]{0,40}(?:password|passwd|requirepass|secret|token|api-?key|access-?key)[a-z-]{0,20}(?:=|\s+)["']?([^\s"'-][^\s"']{2,})/i;

function textOf(setting: Setting | undefined): string {
  return (setting?.items() ?? []).map(({ text }) => text).join(' ');
}

export const composeSecretInCommand = serviceCheck({
  id: 'compose-secret-in-command',
  title: 'A secret stands in a command line',
  severity: 'high',
  rationale: 'Command lines are shown by `docker ps` and to every process of the host, and stand in the file.',
  remediation: 'Let the program read it from a file under `/run/secrets`.',
  controls: ['IA-5', 'IA-5(7)', 'SC-28'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#command',
    'https://docs.docker.com/reference/compose-file/secrets/',
  ],
  examples: {
    pass: [
      `services:
  cache:
    image: redis:8
    command: ["redis-server", "--requirepass", "\${REDIS_PASSWORD}"]
`,
      `services:
  web:
    image: example.com/web:1.0
    command: serve --password-file /run/secrets/web
`,
    ],
    fail: [
      `services:
  cache:
    image: redis:8
    command: redis-server --requirepass correct-horse
`,
      `services:
  web:
    image: example.com/web:1.0
    entrypoint: ["serve", "--api-key=12345abcdef"]
`,
    ],
  },
  find: ({ setting }) =>
    ['command', 'entrypoint'].flatMap((name) => {
      const at = setting.at(name);
      const secret = OPTION.exec(textOf(at))?.[1];
      const isInFile = secret !== undefined && !secret.startsWith('${') && !secret.startsWith('/');
      return at !== undefined && isInFile ? [{ message: `a secret is an argument of ${name}`, at }] : [];
    }),
});
