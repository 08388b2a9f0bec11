import { imageOf } from '../image-name.ts';
import { serviceCheck } from '../service-check.ts';

export const composeImageLatest = serviceCheck({
  id: 'compose-image-latest',
  title: 'A service runs whatever is the latest image',
  severity: 'medium',
  rationale: 'What runs changes without anybody deciding so, and nobody can say afterwards what ran.',
  remediation: 'Name a version, best with its digest: `nginx:1.29.3@sha256:...`.',
  controls: ['CM-2', 'CM-3', 'SI-2'],
  references: ['https://docs.docker.com/reference/compose-file/services/#image'],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29.3
`,
    ],
    fail: [
      `services:
  web:
    image: nginx
`,
      `services:
  web:
    image: ghcr.io/example/web:latest
`,
    ],
  },
  find: (service) => {
    const image = imageOf(service);
    if (image === undefined || image.tag !== 'latest' || image.hasDigest) return [];
    const message = image.isTagWritten
      ? `the image ${image.text} is of the tag latest`
      : `the image ${image.text} has no tag`;
    return [{ message, at: image.at }];
  },
});
