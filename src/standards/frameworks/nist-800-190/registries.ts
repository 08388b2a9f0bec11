import { exact, section, superset } from '../clauses.ts';

export const registries = section('4.2 Registry countermeasures', [
  {
    id: '4.2.1',
    title: 'Insecure connections to registries',
    text: 'Organizations should configure their development tools, orchestrators, and container runtimes to only connect to registries over encrypted channels, so that all data pushed to and pulled from a registry occurs between trusted endpoints and is encrypted in transit. (Risk 3.2.1.)',
    mappings: exact('PLM-REGISTRY-TLS'),
  },
  {
    id: '4.2.2',
    title: 'Stale images in registries',
    text: 'Organizations can prune registries of unsafe, vulnerable images that should no longer be used. Operational practices should emphasize accessing images using immutable names that specify discrete versions of images to be used. Because the tag “latest” is only a label attached to the image and not a guarantee of freshness, organizations should be cautious to not overly trust it. (Risk 3.2.2.)',
    mappings: superset(
      'PLM-REGISTRY-CURRENT',
      'PLM-SUPPLY-CHAIN-IMAGE-TAG',
      'PLM-SUPPLY-CHAIN-PULL-CURRENT',
      'PLM-BUILD-BASE-TAG',
      'PLM-IMAGE-REBUILT',
    ),
  },
  {
    id: '4.2.3',
    title: 'Insufficient authentication and authorization restrictions',
    text: 'All access to registries that contain proprietary or sensitive images should require authentication. Any write access to a registry should require authentication to ensure that only images from trusted entities can be added to it. Organizations should consider federating with existing accounts. All write access to registries should be audited and any read actions for sensitive images should similarly be logged. (Risk 3.2.3.)',
    mappings: superset(
      'PLM-REGISTRY-READ-ACCESS',
      'PLM-REGISTRY-WRITE-ACCESS',
      'PLM-REGISTRY-FEDERATED',
      'PLM-REGISTRY-AUDIT',
      'PLM-BUILD-GATE',
    ),
  },
]);
