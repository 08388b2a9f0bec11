import { exact, intersects, section, superset } from '../clauses.ts';

export const images = section('4 Container images and build files', [
  {
    id: '4.1',
    title: 'Images have a user other than root',
    text: 'Each image names a user who is not root, so that its processes run without the rights of root when nobody says otherwise.',
    mappings: exact('PLM-IMAGE-NON-ROOT'),
  },
  {
    id: '4.2',
    title: 'Base images are trusted',
    text: 'Images are built on bases whose publisher is known and trusted.',
    mappings: exact('PLM-SUPPLY-CHAIN-TRUSTED-BASE'),
  },
  {
    id: '4.3',
    title: 'Images have no packages that they do not need',
    text: 'What the program does not need to run is left out of its image: tools of the build, remote shells, recommended extras.',
    mappings: intersects('PLM-IMAGE-FEW-PACKAGES', 'PLM-BUILD-TOOLS-LEFT-BEHIND'),
  },
  {
    id: '4.4',
    title: 'Images are scanned, and rebuilt with fixes',
    text: 'Images are scanned for known vulnerabilities again and again, and rebuilt when fixes are there.',
    mappings: superset('PLM-IMAGE-NO-HIGH-VULNERABILITIES', 'PLM-REGISTRY-SCANNED', 'PLM-IMAGE-REBUILT'),
  },
  {
    id: '4.5',
    title: 'Content trust is on',
    text: 'The client of Docker pulls and pushes only signed tags (DOCKER_CONTENT_TRUST is set).',
    mappings: exact('PLM-RUNTIME-CONTENT-TRUST'),
  },
  {
    id: '4.6',
    title: 'Images say how to ask for their health',
    text: 'Each image has a HEALTHCHECK, so that the engine notices when the program no longer works.',
    mappings: exact('PLM-IMAGE-HEALTHCHECK'),
  },
  {
    id: '4.7',
    title: 'Package lists are not fetched in a step of their own',
    text: 'A step that fetches lists of packages also installs from them: alone it is cached, and later builds install what was current then.',
    mappings: exact('PLM-BUILD-UPDATE-WITH-INSTALL'),
  },
  {
    id: '4.8',
    title: 'No program is setuid or setgid without need',
    text: 'Images have no files with the bits setuid or setgid that their program does not need.',
    mappings: superset('PLM-IMAGE-SETUID'),
  },
  {
    id: '4.9',
    title: 'Files are copied with COPY',
    text: 'Dockerfiles use COPY where ADD is not needed: ADD fetches from the network and unpacks archives.',
    mappings: exact('PLM-BUILD-COPY-NOT-ADD'),
  },
  {
    id: '4.10',
    title: 'Dockerfiles hold no secrets',
    text: 'No password, key or token is written into a Dockerfile: whoever has the image reads its history.',
    mappings: [
      ...superset('PLM-SECRETS-BUILD-ARGUMENTS', 'PLM-SECRETS-URLS', 'PLM-IMAGE-FIXED-PASSWORDS'),
      ...intersects('PLM-SECRETS-NONE-IN-FILES'),
    ],
  },
  {
    id: '4.11',
    title: 'Only verified packages are installed',
    text: 'What is installed in the build is checked: by the signature of its repository, a checksum or a pinned digest.',
    mappings: superset(
      'PLM-BUILD-PACKAGE-SIGNATURES',
      'PLM-BUILD-REPOSITORY-KEYS',
      'PLM-BUILD-DOWNLOAD-VERIFIED',
      'PLM-BUILD-NO-PIPE-TO-SHELL',
    ),
  },
  {
    id: '4.12',
    title: 'Signatures are checked before use',
    text: 'All that is signed (images, charts, statements about them) is verified before it is used.',
    mappings: superset('PLM-SUPPLY-CHAIN-SIGNATURE-VERIFIED'),
  },
]);
