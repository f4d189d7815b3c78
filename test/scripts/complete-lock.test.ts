import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

type Packages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const script: { missingPlatforms: (packages: Packages) => Packages } = await import(new URL('../../scripts/complete-lock.mjs', import.meta.url).href);

describe('package-lock.json', () => {
  test('names every platform, so that npm ci takes it everywhere (else: node scripts/complete-lock.mjs)', () => {
    const lock: { packages: Packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));

    expect(Object.keys(lock.packages).length).toBeGreaterThan(500);
    expect(script.missingPlatforms(lock.packages)).toEqual({});
  });

  test('is given what a package declares for other platforms, and nothing else', () => {
    const packages = {
      'node_modules/fast': {
        version: '1.2.3',
        dev: true,
        optionalDependencies: { '@fast/linux-x64-musl': '1.2.3', '@fast/darwin-arm64': '1.2.3', '@fast/win32-ia32-msvc': '1.2.3', 'fsevents': '~2.3.3', '@fast/linux-x64-gnu': '1.2.3' },
      },
      'node_modules/@fast/darwin-arm64': { version: '1.2.3' },
      'node_modules/fast/node_modules/@fast/linux-x64-gnu': { version: '1.2.3' },
    };

    expect(script.missingPlatforms(packages)).toEqual({
      'node_modules/@fast/linux-x64-musl': { version: '1.2.3', cpu: ['x64'], os: ['linux'], libc: ['musl'], dev: true, optional: true },
      'node_modules/@fast/win32-ia32-msvc': { version: '1.2.3', cpu: ['ia32'], os: ['win32'], dev: true, optional: true },
    });
  });
});
