import { lazy } from '../../../lambdas/shared/runtime/lazy.ts';

describe('a lazy value', () => {
  it('is not built before it is asked for, and then once', async () => {
    let builds = 0;
    const value = lazy(() => ++builds);

    expect(builds).toBe(0);
    expect(await Promise.all([value(), value()])).toEqual([1, 1]);
    expect(await value()).toBe(1);
  });

  it('forgets a failed build and keeps the next good one', async () => {
    let builds = 0;
    const value = lazy(async () => {
      builds += 1;
      if (builds === 1) throw new Error('a bad moment');
      return builds;
    });

    await expect(value()).rejects.toThrow('a bad moment');
    expect(await value()).toBe(2);
    expect(await value()).toBe(2);
  });

  it('rejects, never throws, when the build throws at once', async () => {
    const value = lazy((): number => {
      throw new Error('at once');
    });

    await expect(value()).rejects.toThrow('at once');
  });
});
