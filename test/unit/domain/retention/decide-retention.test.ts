import type { RetentionDecision } from '../../../../lambdas/shared/domain/kept-facets.ts';
import { decideRetention } from '../../../../lambdas/shared/domain/retention/decide-retention.ts';
import type { RetentionConfig } from '../../../../lambdas/shared/domain/retention/retention-config.ts';
import { retentionFactsOf } from '../../../../lambdas/shared/domain/retention/retention-facts.ts';
import type { RetentionFacts } from '../../../../lambdas/shared/domain/retention/retention-facts.ts';
import { taskQueueSid } from '../../../../lambdas/shared/domain/sids.ts';
import { sids } from '../../../support/example-sids.ts';
import { exampleTask } from '../../../support/ledger/example-records.ts';

const queueA = `WQ${'a'.repeat(32)}`;
const config: RetentionConfig = {
  classes: [
    { name: 'refused', when: { consent: ['refused'] }, days: 7, storage: [] },
    {
      name: 'regulated',
      when: { queues: ['Orders', queueA], channels: ['voice'] },
      days: 1827,
      lock: { mode: 'governance', delayHours: 72 },
      storage: [],
    },
    { name: 'client', when: { clientIds: ['77'], directions: ['outbound'] }, days: 30, storage: [] },
    { name: 'untold', when: { consent: ['unknown'], channels: ['sms'] }, days: 60, storage: [] },
    { name: 'for-ever', when: { channels: ['chat'] }, storage: [] },
    { name: 'standard', days: 365, storage: [] },
  ],
};

const storedAt = new Date('2026-03-02T10:00:00Z');
const now = new Date('2026-03-02T10:00:05Z');
const facts = (known: Partial<RetentionFacts>): RetentionFacts => ({ queues: [], ...known });
const decide = (
  tasks: readonly RetentionFacts[],
  { before, at = now, by = config }: { before?: RetentionDecision; at?: Date; by?: RetentionConfig } = {},
): RetentionDecision => decideRetention(by, { tasks, storedAt, now: at, before });
const classOf = (...tasks: readonly Partial<RetentionFacts>[]): string => decide(tasks.map(facts)).className;

const regulated = facts({ queues: ['Orders'], channel: 'voice' });
const [lockDueAt, lockEndsAt] = [new Date('2026-03-05T10:00:05Z'), new Date('2031-03-03T10:00:00Z')];

describe('the class of a recording', () => {
  it('is the first whose every condition holds', () => {
    expect(classOf({ consent: 'refused', queues: ['Orders'], channel: 'voice' })).toBe('refused');
    expect(classOf({ queues: ['Orders'], channel: 'voice' })).toBe('regulated');
    expect(classOf({ queues: ['Orders'], channel: 'sms', consent: 'given' })).toBe('standard');
    expect(classOf({ clientId: '77', direction: 'outbound' })).toBe('client');
    expect(classOf({ clientId: '77', direction: 'inbound' })).toBe('standard');
    expect(classOf({ clientId: '77' })).toBe('standard');
  });

  it('is found by any queue that the task was in, by name or SID', () => {
    expect(classOf({ queues: [queueA], channel: 'voice' })).toBe('regulated');
    expect(classOf({ queues: ['Other', 'Orders'], channel: 'voice' })).toBe('regulated');
    expect(classOf({ queues: ['orders'], channel: 'voice' })).toBe('standard');
  });

  it('may ask for a consent that was not told', () => {
    expect(classOf({ channel: 'sms' })).toBe('untold');
    expect(classOf({ channel: 'sms', consent: 'given' })).toBe('standard');
  });

  it('is the last where no task is known', () => {
    expect(classOf()).toBe('standard');
  });

  it('is, of several tasks’, the one that keeps longest, for ever before any number of days', () => {
    expect(classOf({ consent: 'refused' }, {})).toBe('standard');
    expect(classOf({ clientId: '77', direction: 'outbound' }, { consent: 'refused' })).toBe('client');
    expect(classOf({ channel: 'chat' }, { queues: ['Orders'], channel: 'voice' })).toBe('for-ever');
  });

  it('is, of two that keep equally long, the one with the harder lock', () => {
    const [when, then] = [{ channels: ['voice'] }, { channels: ['chat'] }];
    const even: RetentionConfig = {
      classes: [
        { name: 'open', days: 30, when, storage: [] },
        { name: 'locked', days: 30, when: then, lock: { mode: 'governance', delayHours: 0 }, storage: [] },
        { name: 'rest', storage: [] },
      ],
    };

    expect(decide([facts({ channel: 'voice' }), facts({ channel: 'chat' })], { by: even })).toMatchObject({
      className: 'locked',
      lock: { mode: 'governance' },
    });
  });
});

describe('what a task says of how long it is kept', () => {
  it('is every queue that it or an agent was reached through, its channel, and what its attributes told', () => {
    const sid = taskQueueSid(queueA);
    const other = taskQueueSid(`WQ${'b'.repeat(32)}`);
    const legs = [{ reservationSid: sids.reservation(), taskQueueSid: sid }];
    const keeping = { clientId: '77', direction: 'inbound', consent: 'given' } as const;

    expect(
      retentionFactsOf(exampleTask({ taskQueueSid: other, taskQueueName: 'Orders', channel: 'voice', legs, keeping })),
    ).toEqual({ queues: [other, 'Orders', sid], channel: 'voice', ...keeping });
  });
});

describe('a decision', () => {
  it('counts its days from the copy and its lock’s delay from now', () => {
    expect(decide([regulated])).toEqual({
      className: 'regulated',
      decidedAt: now,
      // 1827 days: five years of which 2028 alone has a 29 February.
      until: new Date('2031-03-03T10:00:00Z'),
      lock: { mode: 'governance', dueAt: lockDueAt, until: lockEndsAt },
    });
    expect(decide([facts({ channel: 'chat' })])).toEqual({ className: 'for-ever', decidedAt: now });
  });

  it('ends on a whole second, and not before the days are over', () => {
    const decided = decideRetention(config, { tasks: [], storedAt: new Date('2026-03-02T10:00:00.001Z'), now });

    expect(decided.until).toEqual(new Date('2027-03-02T10:00:01Z'));
  });

  it('keeps the class of the longest and the lock of the hardest, each until its own end', () => {
    expect(decide([regulated, facts({ channel: 'chat' })])).toEqual({
      className: 'for-ever',
      decidedAt: now,
      lock: { mode: 'governance', dueAt: lockDueAt, until: lockEndsAt },
    });
  });

  it('is the very one before when nothing is another', () => {
    const before = decide([regulated]);

    expect(decide([regulated], { before, at: new Date('2026-03-04T00:00:00Z') })).toBe(before);
  });

  it('is another, shorter too, when more is known and no lock is on it', () => {
    const before = decide([regulated]);
    const at = new Date('2026-03-03T00:00:00Z');

    expect(decide([facts({ consent: 'refused' })], { before, at })).toEqual({
      className: 'refused',
      decidedAt: at,
      until: new Date('2026-03-09T10:00:00Z'),
    });
  });

  it('begins the delay of a lock when the lock is first wanted, and not again with every decision', () => {
    const at = new Date('2026-03-12T00:00:00Z');
    const late = decide([regulated], { before: decide([]), at });
    expect(late.lock?.dueAt).toEqual(new Date('2026-03-15T00:00:00Z'));

    const later = decide([regulated, facts({ channel: 'chat' })], {
      before: late,
      at: new Date('2026-03-14T00:00:00Z'),
    });
    expect([later.className, later.lock?.dueAt]).toEqual(['for-ever', new Date('2026-03-15T00:00:00Z')]);
  });

  it('wants no lock that would be over already', () => {
    expect(decide([regulated], { at: lockEndsAt }).lock).toBeUndefined();
  });

  describe('once the lock is on it', () => {
    const lockedAt = new Date('2026-03-05T10:00:06Z');
    const at = new Date('2026-03-06T00:00:00Z');
    const first = decide([regulated]);
    const locked: RetentionDecision = { ...first, ...(first.lock && { lock: { ...first.lock, lockedAt } }) };

    it('is not shortened, unlocked or moved to a class that keeps for less', () => {
      expect(decide([facts({ consent: 'refused' })], { before: locked, at })).toBe(locked);
      expect(decide([], { before: locked, at })).toBe(locked);
    });

    it('becomes longer by a class that keeps longer, and stays locked', () => {
      expect(decide([facts({ channel: 'chat' })], { before: locked, at })).toEqual({
        className: 'for-ever',
        decidedAt: at,
        lock: locked.lock,
      });
    });

    it('is locked for longer when the class now says more days, in the mode that is on it', () => {
      const [, ...others] = config.classes;
      const lock = { mode: 'compliance', delayHours: 0 } as const;
      const harder: RetentionConfig = {
        classes: [
          { name: 'regulated', when: { queues: ['Orders'] }, days: 2557, lock, storage: [] },
          ...others.slice(1),
        ],
      };

      expect(decide([regulated], { before: locked, at, by: harder })).toEqual({
        className: 'regulated',
        decidedAt: at,
        // 2557 days: seven years of which 2028 and 2032 have a 29 February.
        until: new Date('2033-03-02T10:00:00Z'),
        lock: { mode: 'governance', dueAt: lockDueAt, until: new Date('2033-03-02T10:00:00Z'), lockedAt },
      });
    });
  });
});
