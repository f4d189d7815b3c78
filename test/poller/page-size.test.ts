import { describe, expect, test } from '@jest/globals';
import { NarrowsError } from '#src/core/errors.ts';
import { ownersNamed } from '#src/poller/token-owners.ts';
import { askSmaller, PageSize } from '#src/poller/page-size.ts';
import { parsePolicy } from '#src/config/policy.ts';

const tooLarge = new NarrowsError('github-too-large', 'It timed out.');

describe('a page that is too large', () => {
  test('is halved until it fits, and the size that fits is kept', async () => {
    const size = new PageSize(50);
    const asked: number[] = [];

    const fits = (count: number): Promise<number> => {
      asked.push(count);
      return count > 7 ? Promise.reject(tooLarge) : Promise.resolve(count);
    };
    await askSmaller(size, fits);
    await askSmaller(size, fits);

    expect(asked).toEqual([50, 25, 12, 6, 6]);
  });

  test('grows again, slower once one was too large, and never beyond the largest', async () => {
    const [fresh, failed] = [new PageSize(100, 50), new PageSize(60, 50)];
    failed.shrink(50);
    const asked = async (size: PageSize, pages: number): Promise<number[]> => {
      const sizes: number[] = [];
      for (let page = 0; page < pages; page += 1) await askSmaller(size, (count) => Promise.resolve(sizes.push(count)));
      return sizes;
    };

    const [growing, recovering] = [await asked(fresh, 16), await asked(failed, 82)];

    expect(growing.slice(0, 4)).toEqual([50, 75, 100, 100]);
    expect([recovering[0], recovering[19], recovering[20], recovering[40], recovering[60], recovering[81]]).toEqual([25, 25, 37, 55, 60, 60]);
  });

  test('of one thing alone is an error, as is every other failure', async () => {
    const size = new PageSize(2);

    await expect(askSmaller(size, () => Promise.reject(tooLarge))).rejects.toBe(tooLarge);
    await expect(askSmaller(new PageSize(2), () => Promise.reject(new Error('other')))).rejects.toThrow('other');
    expect(size.current).toBe(1);
  });
});

describe('owners whose repositories a personal token collects', () => {
  test('are those that the policy names outright', () => {
    const policy = parsePolicy('repositories: { include: ["Octo/*", "octo/app", "acme/tools-*", "*/docs"] }', 'policy');

    expect(ownersNamed(policy)).toEqual(['acme', 'octo']);
  });
});
