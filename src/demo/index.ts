export { guests } from './organisation.ts';
export { type DemoSettings, seedDemo } from './seed.ts';
export { type DemoSize, sizes } from './size.ts';
