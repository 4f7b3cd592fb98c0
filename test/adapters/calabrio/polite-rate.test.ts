import { politeRate } from '../../../lambdas/shared/adapters/calabrio/polite-rate.ts';

describe('a polite rate', () => {
  const clock = (): { readonly now: () => Date; pass(milliseconds: number): void } => {
    let epochMs = Date.parse('2026-11-20T10:00:00Z');
    return { now: () => new Date(epochMs), pass: (milliseconds) => void (epochMs += milliseconds) };
  };

  it('lets five a second begin 200 ms apart, in the order in which they came', async () => {
    const waits: number[] = [];
    const { now } = clock();
    const turn = politeRate({
      requestsPerSecond: 5,
      now,
      pause: async (milliseconds) => void waits.push(milliseconds),
    });

    await Promise.all([turn(), turn(), turn(), turn()]);

    expect(waits).toEqual([200, 400, 600]);
  });

  it('lets nobody wait who comes late enough', async () => {
    const waits: number[] = [];
    const { now, pass } = clock();
    const turn = politeRate({
      requestsPerSecond: 0.5,
      now,
      pause: async (milliseconds) => void waits.push(milliseconds),
    });

    await turn();
    pass(2000);
    await turn();
    pass(500);
    await turn();

    expect(waits).toEqual([1500]);
  });
});
