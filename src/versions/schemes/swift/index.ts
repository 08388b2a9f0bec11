import type { VersionScheme } from '../../version-scheme.ts';
import { compareSwift } from './compare.ts';

export const swift = {
  id: 'swift',
  title: 'Swift package versions, as the Swift Package Manager orders them',
  references: ['https://docs.swift.org/package-manager/PackageDescription/PackageDescription.html#version'],
  maturity: 'incubating',
  compare: compareSwift,
} as const satisfies VersionScheme;
