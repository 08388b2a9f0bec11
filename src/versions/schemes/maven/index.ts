import type { VersionScheme } from '../../version-scheme.ts';
import { compareMaven } from './compare.ts';

export const maven = {
  id: 'maven',
  title: 'Maven artifact versions, as ComparableVersion of Maven 3.9 orders them',
  references: [
    'https://maven.apache.org/pom.html#version-order-specification',
    'https://maven.apache.org/ref/3.9.9/maven-artifact/apidocs/org/apache/maven/artifact/versioning/ComparableVersion.html',
  ],
  maturity: 'stable',
  compare: compareMaven,
} as const satisfies VersionScheme;
