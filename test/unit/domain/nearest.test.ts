import { nearest } from '../../../lambdas/shared/domain/nearest.ts';

describe('nearest', () => {
  it('offers a name only when few letters differ', () => {
    expect(nearest('no-smaple', ['no-sample', 'json'])).toBe('no-sample');
    expect(nearest('jsno', ['no-sample', 'json'])).toBe('json');
    expect(nearest('yaml', ['no-sample', 'json'])).toBeUndefined();
  });
});
