import type { DayItem, DueItem, Ledger, TimelineEntry } from '../../../lambdas/shared/ports/ledger.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask, fullRecording, fullTask } from '../../support/ledger/example-records.ts';

const day = '2026-11-20';
const at = (time: string): Date => new Date(`${day}T${time}Z`);

const line = (changes: Partial<TimelineEntry> = {}): TimelineEntry => ({
  of: sids.task(),
  occurredAt: at('10:00:00.000'),
  cause: 'EV1',
  what: 'task.created',
  actor: 'twilio',
  ...changes,
});

// An index may lag, so a promise about one is a promise about what it comes to show: it is read once in vain.
async function dueAfterLag(ledger: Ledger, now: Date, limit = 100): Promise<readonly DueItem[]> {
  await ledger.due(now, limit);
  return ledger.due(now, limit);
}

async function ofDayAfterLag(ledger: Ledger, ofDay: string): Promise<readonly DayItem[]> {
  await ledger.ofDay(ofDay);
  return ledger.ofDay(ofDay);
}

/** What every ledger promises. `emptyLedger` gives one in which nothing was ever saved. */
export function ledgerSuite(name: string, emptyLedger: () => Promise<Ledger>): void {
  describe(`${name} keeps records`, () => {
    it('knows nothing of a sid that was never saved', async () => {
      const ledger = await emptyLedger();

      expect(await ledger.readTask(sids.task())).toBeUndefined();
      expect(await ledger.readRecording(sids.recording())).toBeUndefined();
    });

    it('gives a task back as it was saved, one version on', async () => {
      const ledger = await emptyLedger();

      expect(await ledger.saveTask(fullTask())).toBe('saved');

      expect(await ledger.readTask(fullTask().taskSid)).toEqual({ ...fullTask(), version: 1 });
    });

    it('gives a recording back as it was saved, one version on', async () => {
      const ledger = await emptyLedger();

      expect(await ledger.saveRecording(fullRecording())).toBe('saved');

      expect(await ledger.readRecording(fullRecording().recordingSid)).toEqual({ ...fullRecording(), version: 1 });
    });

    it('keeps a record of which almost nothing is known', async () => {
      const ledger = await emptyLedger();

      await ledger.saveTask(exampleTask());
      await ledger.saveRecording(exampleRecording());

      expect(await ledger.readTask(exampleTask().taskSid)).toEqual({ ...exampleTask(), version: 1 });
      expect(await ledger.readRecording(exampleRecording().recordingSid)).toEqual({
        ...exampleRecording(),
        version: 1,
      });
    });

    it('forgets a field that the next version no longer has', async () => {
      const ledger = await emptyLedger();
      await ledger.saveTask(fullTask());

      await ledger.saveTask(exampleTask({ version: 1 }));

      expect(await ledger.readTask(sids.task())).toEqual(exampleTask({ version: 2 }));
    });

    it('keeps a text that is empty', async () => {
      const ledger = await emptyLedger();

      await ledger.saveTask(exampleTask({ taskQueueName: '' }));

      expect((await ledger.readTask(sids.task()))?.taskQueueName).toBe('');
    });
  });

  describe(`${name} lets one of two writers win`, () => {
    it('refuses a second first save and keeps what the first one wrote', async () => {
      const ledger = await emptyLedger();
      await ledger.saveTask(exampleTask({ channel: 'voice' }));

      expect(await ledger.saveTask(exampleTask({ channel: 'chat' }))).toBe('conflict');

      expect(await ledger.readTask(sids.task())).toEqual(exampleTask({ channel: 'voice', version: 1 }));
    });

    it('refuses a version that is no longer the stored one', async () => {
      const ledger = await emptyLedger();
      await ledger.saveRecording(exampleRecording());
      await ledger.saveRecording(exampleRecording({ version: 1, linkRevoked: true }));

      expect(await ledger.saveRecording(exampleRecording({ version: 1 }))).toBe('conflict');

      expect(await ledger.readRecording(sids.recording())).toEqual(exampleRecording({ version: 2, linkRevoked: true }));
    });

    it('refuses a version of something that was never saved', async () => {
      const ledger = await emptyLedger();

      expect(await ledger.saveTask(exampleTask({ version: 3 }))).toBe('conflict');

      expect(await ledger.readTask(sids.task())).toBeUndefined();
    });

    it('saves exactly one of many who read the same version', async () => {
      const ledger = await emptyLedger();

      const results = await Promise.all(
        [1, 2, 3, 4, 5].map((n) => ledger.saveTask(exampleTask({ conversationId: `writer ${n}` }))),
      );

      expect(results.toSorted()).toEqual(['conflict', 'conflict', 'conflict', 'conflict', 'saved']);
    });
  });

  describe(`${name} keeps timelines`, () => {
    it('gives the lines in the order of their facts, not of their writing', async () => {
      const ledger = await emptyLedger();
      const created = line();
      const ended = line({ occurredAt: at('10:04:30.000'), cause: 'EV2', what: 'task.completed', after: 'completed' });
      const wrapup = line({ occurredAt: at('10:04:05.250'), cause: 'EV3', what: 'task.wrapup', before: 'assigned' });

      await ledger.addToTimeline(ended);
      await ledger.addToTimeline(created);
      await ledger.addToTimeline(wrapup);

      expect(await ledger.timelineOf(sids.task())).toEqual([created, wrapup, ended]);
    });

    it('holds a repeated line once', async () => {
      const ledger = await emptyLedger();

      await ledger.addToTimeline(line());
      await ledger.addToTimeline(line());

      expect(await ledger.timelineOf(sids.task())).toEqual([line()]);
    });

    it('holds two facts of one message and moment apart', async () => {
      const ledger = await emptyLedger();
      const found = line({ what: 'recording found' });

      await ledger.addToTimeline(line());
      await ledger.addToTimeline(found);

      expect(await ledger.timelineOf(sids.task())).toEqual([found, line()]);
    });

    it('keeps the timeline, the record and the aliases of one sid apart', async () => {
      const ledger = await emptyLedger();
      await ledger.saveRecording(exampleRecording());
      await ledger.addAliases([sids.recording()], sids.task());
      const archived = line({ of: sids.recording(), what: 'archive verified' });

      await ledger.addToTimeline(archived);

      expect(await ledger.timelineOf(sids.recording())).toEqual([archived]);
      expect(await ledger.timelineOf(sids.task())).toEqual([]);
    });
  });

  describe(`${name} finds by alias`, () => {
    it('leads nowhere from an alias that nobody added', async () => {
      const ledger = await emptyLedger();

      expect(await ledger.findByAlias('CA00000000000000000000000000000001')).toEqual({ recordings: [], tasks: [] });
    });

    it('leads from one alias to every recording and task it was added for, each once', async () => {
      const ledger = await emptyLedger();
      const call = 'CA00000000000000000000000000000001';

      await ledger.addAliases([call], sids.task(2));
      await ledger.addAliases([call, 'CF00000000000000000000000000000001'], sids.task());
      await ledger.addAliases([call], sids.recording());
      await ledger.addAliases([call], sids.task());

      expect(await ledger.findByAlias(call)).toEqual({
        recordings: [sids.recording()],
        tasks: [sids.task(1), sids.task(2)],
      });
      expect(await ledger.findByAlias('CF00000000000000000000000000000001')).toEqual({
        recordings: [],
        tasks: [sids.task()],
      });
    });

    it('adds nothing when there is no alias to add', async () => {
      const ledger = await emptyLedger();

      await ledger.addAliases([], sids.task());

      expect(await ledger.findByAlias('')).toEqual({ recordings: [], tasks: [] });
    });
  });

  describe(`${name} knows what is due`, () => {
    it('shows what is due at or before the given time, soonest first, tasks and recordings alike', async () => {
      const ledger = await emptyLedger();
      await ledger.saveTask(exampleTask({ taskSid: sids.task(), dueAt: at('10:05:00.000') }));
      await ledger.saveTask(exampleTask({ taskSid: sids.task(2), dueAt: at('10:05:00.001') }));
      await ledger.saveTask(exampleTask({ taskSid: sids.task(3) }));
      await ledger.saveRecording(exampleRecording({ dueAt: at('10:04:00.000') }));

      expect(await dueAfterLag(ledger, at('10:05:00.000'))).toEqual([
        { sid: sids.recording(), dueAt: at('10:04:00.000') },
        { sid: sids.task(), dueAt: at('10:05:00.000') },
      ]);
    });

    it('shows the soonest when more are due than asked for', async () => {
      const ledger = await emptyLedger();
      for (let n = 1; n <= 40; n += 1) {
        const seconds = String(41 - n).padStart(2, '0');
        await ledger.saveTask(exampleTask({ taskSid: sids.task(n), dueAt: at(`10:00:${seconds}.000`) }));
      }

      const due = await dueAfterLag(ledger, at('11:00:00.000'), 3);

      expect(due).toEqual([
        { sid: sids.task(40), dueAt: at('10:00:01.000') },
        { sid: sids.task(39), dueAt: at('10:00:02.000') },
        { sid: sids.task(38), dueAt: at('10:00:03.000') },
      ]);
    });

    it('no longer shows what was put off or is at rest', async () => {
      const ledger = await emptyLedger();
      await ledger.saveTask(exampleTask({ dueAt: at('10:05:00.000') }));
      await ledger.saveRecording(exampleRecording({ dueAt: at('10:05:00.000') }));

      await ledger.saveTask(exampleTask({ version: 1, dueAt: at('12:00:00.000') }));
      await ledger.saveRecording(exampleRecording({ version: 1 }));

      expect(await dueAfterLag(ledger, at('11:00:00.000'))).toEqual([]);
    });

    it('is not changed by a save that lost', async () => {
      const ledger = await emptyLedger();
      await ledger.saveTask(exampleTask());

      await ledger.saveTask(exampleTask({ dueAt: at('10:05:00.000') }));

      expect(await dueAfterLag(ledger, at('11:00:00.000'))).toEqual([]);
    });
  });

  describe(`${name} lists a day`, () => {
    it('shows the tasks and recordings that began on that UTC day, by time, with where they stand', async () => {
      const ledger = await emptyLedger();
      await ledger.saveTask(
        exampleTask({
          createdAt: at('00:00:00.000'),
          link: { state: 'written', writes: 1, seenAt: at('10:00:00.000') },
        }),
      );
      await ledger.saveTask(exampleTask({ taskSid: sids.task(2), createdAt: new Date('2026-11-19T23:59:59.999Z') }));
      await ledger.saveRecording(
        exampleRecording({
          source: { status: 'completed', startedAt: at('23:59:59.999') },
          archive: { state: 'failed', reason: 'media-missing' },
        }),
      );

      expect(await ofDayAfterLag(ledger, day)).toEqual([
        { sid: sids.task(), at: at('00:00:00.000'), label: 'written' },
        { sid: sids.recording(), at: at('23:59:59.999'), label: 'stuck' },
      ]);
    });

    it('goes by when it was first seen as long as its beginning is not known', async () => {
      const ledger = await emptyLedger();
      await ledger.saveRecording(exampleRecording({ firstSeenAt: at('10:04:00.000') }));

      expect(await ofDayAfterLag(ledger, day)).toEqual([
        { sid: sids.recording(), at: at('10:04:00.000'), label: 'announced' },
      ]);
    });

    it('moves a record to the day that turns out to be its own', async () => {
      const ledger = await emptyLedger();
      await ledger.saveRecording(exampleRecording());

      const startedAt = new Date('2026-11-18T22:00:00.000Z');
      await ledger.saveRecording(exampleRecording({ version: 1, source: { status: 'completed', startedAt } }));

      expect(await ofDayAfterLag(ledger, day)).toEqual([]);
      expect(await ofDayAfterLag(ledger, '2026-11-18')).toEqual([
        { sid: sids.recording(), at: startedAt, label: 'announced' },
      ]);
    });
  });
}
