import { median, ratioText } from '../../../bench/benchmark.ts';
import { budgetBytes, twilioRootInputs } from '../../../bench/bundles.ts';

describe('the median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two middle values of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  it('does not exist for no values', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('a ratio', () => {
  it('is shown with two decimals', () => {
    expect(ratioText(61 / 33)).toBe('1.85×');
  });
});

describe('the budget of a bundle', () => {
  it('is 850 kB for archive-recording and 700 kB for another', () => {
    expect([budgetBytes('archive-recording'), budgetBytes('link-recording')]).toEqual([850_000, 700_000]);
  });

  it('has no room for the root of the twilio package, and has for its signature check', () => {
    const inputs = [
      'lambdas/link-recording/index.ts',
      'node_modules/twilio/lib/webhooks/webhooks.js',
      'node_modules/twilio/lib/index.js',
      'node_modules/twilio/lib/rest/Twilio.js',
    ];

    const found = twilioRootInputs({ functionName: 'link-recording', file: 'index.js', sizeBytes: 1, inputs });

    expect(found).toEqual(['node_modules/twilio/lib/index.js', 'node_modules/twilio/lib/rest/Twilio.js']);
  });
});
