import { describe, expect, it } from 'vitest';

import { missingPlatforms } from './platform-packages.mjs';

const lockWith = (others) => ({
  'node_modules/tool': {
    version: '1.2.3',
    dev: true,
    optionalDependencies: { '@tool/linux-x64-gnu': '1.2.3', '@tool/darwin-arm64': '1.2.3' },
  },
  ...others,
});

describe('missingPlatforms', () => {
  it('adds what no entry answers to, at the pinned version and for the platform in its name', () => {
    expect(missingPlatforms(lockWith({ 'node_modules/@tool/linux-x64-gnu': {} }))).toEqual([
      ['node_modules/@tool/darwin-arm64', { version: '1.2.3', cpu: ['arm64'], os: ['darwin'], dev: true, optional: true }],
    ]);
  });

  it('knows the C library of a Linux package', () => {
    const [[, added]] = missingPlatforms(lockWith({ 'node_modules/@tool/darwin-arm64': {} }));
    expect(added).toEqual({ version: '1.2.3', cpu: ['x64'], libc: ['glibc'], os: ['linux'], dev: true, optional: true });
  });

  it('is content with an entry inside the dependent itself', () => {
    const nested = { 'node_modules/tool/node_modules/@tool/linux-x64-gnu': {}, 'node_modules/@tool/darwin-arm64': {} };
    expect(missingPlatforms(lockWith(nested))).toEqual([]);
  });
});
