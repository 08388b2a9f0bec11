export * from './version-scheme.ts';
