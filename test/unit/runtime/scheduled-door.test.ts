import type { RunLine } from '../../../lambdas/shared/runtime/log.ts';
import { RunFailedError, scheduledDoor } from '../../../lambdas/shared/runtime/scheduled-door.ts';
import type { RunContext, ScheduledParts } from '../../../lambdas/shared/runtime/scheduled-door.ts';
import { oneMinuteLeft } from '../../support/runtime/worker-parts.ts';

function door(run: ScheduledParts['run']) {
  const lines: RunLine[] = [];
  const report = { ran: (line: RunLine) => void lines.push(line) };
  return { lines, handler: scheduledDoor(async () => ({ run, report, now: () => new Date('2026-11-20T09:00:00Z') })) };
}

describe('the door of a schedule', () => {
  it('tells the run how long it has and what it was asked for, and reports its counts', async () => {
    const contexts: RunContext[] = [];
    const events: unknown[] = [];
    const { handler, lines } = door(async (context, event) => {
      contexts.push(context);
      events.push(event);
      return { resent: 2 };
    });

    expect(await handler({ run: 'daily' }, oneMinuteLeft)).toEqual({ resent: 2 });

    expect(contexts).toEqual([
      { startedAt: new Date('2026-11-20T09:00:00Z'), deadlineAt: new Date('2026-11-20T09:01:00Z') },
    ]);
    expect(events).toEqual([{ run: 'daily' }]);
    expect(lines).toEqual([{ outcome: 'done', tookMs: 0, counts: { resent: 2 } }]);
  });

  it('reports a failed run and fails without the words of a foreign error', async () => {
    const { handler, lines } = door(async () => {
      throw new TypeError('+15005550006 is not iterable');
    });

    const failure = await handler({}, oneMinuteLeft).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(RunFailedError);
    expect(String(failure)).toBe('RunFailedError: the run failed with TypeError; see its run.ended line');
    expect(lines).toMatchObject([{ outcome: 'failed', error: { name: 'TypeError' } }]);
  });
});
