export { testConfig as default } from '../../vitest.base.ts';
