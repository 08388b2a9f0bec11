import { serviceCheck } from '../service-check.ts';

const CREDENTIALS =
  /(?:^|\/)(?:\.ssh|\.aws|\.azure|\.kube|\.gnupg|\.docker(?:\/config\.json)?|\.config\/gcloud|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.vault-token)(?:\/|$)/;

export const composeHostCredentials = serviceCheck({
  id: 'compose-host-credentials',
  title: 'A service sees credentials of whoever starts it',
  severity: 'high',
  rationale:
    'Keys of SSH, of clouds, clusters and registries open far more than this service; read-only does not keep them from being copied.',
  remediation: 'Give the service credentials of its own through `secrets`.',
  controls: ['AC-6', 'IA-5', 'SC-28'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#volumes',
    'https://docs.docker.com/reference/compose-file/secrets/',
  ],
  examples: {
    pass: [
      `services:
  deploy:
    image: example.com/deploy:1.0
    secrets: [deploy_key]
secrets:
  deploy_key:
    file: ./deploy_key
`,
    ],
    fail: [
      `services:
  deploy:
    image: example.com/deploy:1.0
    volumes:
      - \${HOME}/.ssh:/root/.ssh:ro
`,
      `services:
  deploy:
    image: example.com/deploy:1.0
    volumes:
      - ~/.aws:/root/.aws
`,
    ],
  },
  find: ({ hostMounts }) =>
    hostMounts
      .filter(({ source }) => CREDENTIALS.test(source))
      .map(({ source, at }) => ({ message: `${source} is mounted`, at })),
});
