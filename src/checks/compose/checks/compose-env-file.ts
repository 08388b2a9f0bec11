import { serviceCheck } from '../service-check.ts';

export const composeEnvFile = serviceCheck({
  id: 'compose-env-file',
  title: 'Variables come from a file beside this one',
  severity: 'info',
  rationale: 'Such files hold passwords more often than not, and are committed or copied into images by mistake.',
  remediation:
    'See to it that the file is named in `.gitignore` and `.dockerignore`; put what is secret under `secrets`.',
  controls: ['IA-5', 'SC-28'],
  references: ['https://docs.docker.com/reference/compose-file/services/#env_file'],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    env_file: ./web.env.example
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    env_file:
      - .env
`,
      `services:
  web:
    image: nginx:1.29
    env_file: { path: ./production.env, required: true }
`,
    ],
  },
  find: (service) => {
    const setting = service.own('env_file');
    const files = setting?.at('path') ? [setting] : (setting?.items() ?? []);
    return files
      .map((at) => ({ at, path: at.at('path')?.text ?? at.text }))
      .filter(({ path }) => path !== '' && !/(?:example|sample|template|dist|default)s?$/i.test(path))
      .map(({ at, path }) => ({ message: `variables are read from ${path}`, at }));
  },
});
