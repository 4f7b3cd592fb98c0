import { insightsAttributes, secondsToLink } from '../../../cli/life.ts';
import { accountSid, taskSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';

const at = new Date('2026-11-20T08:00:00Z');
const account = accountSid(`AC${'0'.repeat(32)}`);
const task = newTask(
  { taskSid: taskSid(`WT${'1'.repeat(32)}`), accountSid: account, workspaceSid: workspaceSid(`WS${'5'.repeat(32)}`) },
  at,
);

describe('insightsAttributes', () => {
  it('counts characters by code point where it cuts', () => {
    const attributes = JSON.stringify({ conversations: { content: '🎧'.repeat(129) } });

    const { values } = insightsAttributes({ kind: 'at-twilio', attributes });

    expect(values['conversations.content']).toBe('🎧'.repeat(128));
  });

  it('keeps numbers, texts, null and booleans as they are, and leaves out what Insights ignores', () => {
    const attributes = '{"rd":{"a":1},"conversations":{"case":null,"ivr_time":0},"customers":{"custom_attr_1":true}}';

    expect(insightsAttributes({ kind: 'as-last-seen', attributes })).toEqual({
      source: 'as-last-seen',
      values: { 'conversations.case': null, 'conversations.ivr_time': 0, 'customers.custom_attr_1': true },
    });
  });

  it.each(['', '[]', '{"a":”'])('says of %j that it cannot be read, and does not quote it', (attributes) => {
    const { values, problem } = insightsAttributes({ kind: 'at-twilio', attributes });

    expect(values).toEqual({});
    expect(problem).toMatch(/^the attributes /);
  });
});

describe('secondsToLink', () => {
  it('is negative for a link that was there before the end', () => {
    const written = {
      ...task,
      link: { state: 'written' as const, writes: 1, writtenAt: at },
      endedAt: new Date('2026-11-20T08:00:30Z'),
    };

    expect(secondsToLink(written)).toBe(-30);
  });

  it('is unknown while one of the two has not happened', () => {
    expect(secondsToLink(task)).toBeUndefined();
  });
});
