import type { ConstraintDialect } from '../../constraint.ts';
import { parseApkConstraint } from './parse.ts';

export const apkConstraint = {
  id: 'apk',
  title: 'Dependency operators of apk, with ~ for a prefix',
  references: ['https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-world.5.scd'],
  maturity: 'incubating',
  parse: parseApkConstraint,
} as const satisfies ConstraintDialect;
