// Long because each way in which a deletion can go, or be stopped at the last moment, is one test.
import { PermanentError, RetryableError, done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { newDeletionControl, withAttempt } from '../../../lambdas/shared/domain/deletion-control.ts';
import { applyEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import { exampleCalabrio } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import {
  askingPolicy,
  changeElsewhere,
  contact,
  deliver,
  endedTask,
  hold,
  key,
  measured,
  sound,
  startDeletion,
  strictPolicy,
  timeline,
} from './delete-source-world.ts';
import type { Deletion } from './delete-source-world.ts';
import { at } from './world.ts';

const sid = sids.recording();
const resource = {
  recordingSid: sid,
  accountSid: sids.account(),
  status: 'completed',
  startedAt: at('10:00:05'),
  durationSeconds: 3,
  channels: 2,
} as const;
const intended = { state: 'intended', intendedAt: at('11:50:00') } as const;
const secondLeg = {
  reservationSid: sids.reservation(2),
  workerCallSid: sids.call(3),
  acceptedAt: at('10:00:40'),
  completedAt: at('10:01:25'),
};
const openTask = () => {
  const { endedAt: _over, endedBy: _by, ...open } = endedTask({ taskSid: sids.task(2), legs: [] });
  return open;
};
const attemptsOf = async ({ ledger }: Deletion): Promise<readonly string[]> =>
  ((await ledger.readDeletionControl())?.attempts ?? []).map(({ end }) => end);

describe('a source of which every rule holds', () => {
  it('is deleted once, confirmed, and written down before and after', async () => {
    const deletion = await startDeletion();

    expect(await deliver(deletion.has)).toEqual(done);
    expect(await deliver(deletion.has)).toEqual(ignored('already-deleted'));

    expect(deletion.recordings.deletionRequests).toEqual([sid]);
    const record = await deletion.recording();
    expect(record).toMatchObject({
      deletion: {
        state: 'deleted',
        intendedAt: at('12:00:00'),
        deletedAt: at('12:00:00'),
        confirmedBy: 'soft-deleted',
      },
      source: { status: 'deleted' },
      refusals: ['already-deleted'],
    });
    expect(record.reviewAt).toBeUndefined();
    // `sha256sum` of the example's 96,044 bytes.
    const sha256 = 'b2d12231cd1edf4c6f954fd4790035cd7ba87bd6749890db7e382dd320bdd29b';
    expect(await timeline(deletion)).toEqual([
      `delete-source: deletion intended: none → confirmed by calabrio; copy ${key} version v1 of 96044 bytes, SHA-256 ${sha256}, proved again`,
      'delete-source: source deleted: intended → deleted, soft-deleted at Twilio',
    ]);
    expect(measured(deletion)).toEqual(['deletions/deleted']);
    expect(await attemptsOf(deletion)).toEqual(['deleted']);
    expect(await deletion.ledger.readDeletionControl()).toMatchObject({
      hour: { startedAt: at('12:00:00'), begun: 1 },
    });
  });

  it('is confirmed by its absence where Twilio shows nothing of it any more', async () => {
    const deletion = await startDeletion();
    const { recordings } = deletion.has;
    const deleteRecording: typeof recordings.deleteRecording = async (...of) => {
      const answer = await recordings.deleteRecording(...of);
      deletion.recordings.remove(sid);
      return answer;
    };

    await deliver({ ...deletion.has, recordings: { ...recordings, deleteRecording } });

    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'deleted', confirmedBy: 'not-found' } });
  });

  it('is not read whole again where Calabrio’s word counts alone, and is where the archive’s counts', async () => {
    for (const [confirmedBy, opened] of [
      ['calabrio', []],
      ['archive', [key]],
      ['both', [key]],
    ] as const) {
      const deletion = await startDeletion({ policy: strictPolicy({ confirmedBy }) });

      expect(await deliver(deletion.has)).toEqual(done);

      expect(deletion.archive.opened).toEqual(opened);
      expect(deletion.recordings.deletionRequests).toEqual([sid]);
    }
  });

  it('goes without any word of Calabrio’s where the archive confirms alone', async () => {
    const { calabrio: _none, ...policy } = strictPolicy({ confirmedBy: 'archive' });
    const deletion = await startDeletion({ policy, recording: { contacts: [] } });

    expect(await deliver(deletion.has)).toEqual(done);

    expect(deletion.recordings.deletionRequests).toEqual([sid]);
  });

  it('has its reports queued that were owed meanwhile', async () => {
    const policy = strictPolicy({}, { reports: { archive: true, calabrio: false } });
    const deletion = await startDeletion({ policy });

    await deliver(deletion.has);

    expect(deletion.queues.sentTo('internal/report-status')).toMatchObject([
      { recordingSid: sid, reservationSid: sids.reservation(), status: 'COMPLETE', cause: 'm-0' },
    ]);
    expect((await deletion.recording()).reports).toEqual([{ reservationSid: sids.reservation(), status: 'COMPLETE' }]);
  });
});

describe('a message', () => {
  it('about a recording that the ledger has never seen deletes nothing, though Twilio has it', async () => {
    const deletion = await startDeletion();
    deletion.recordings.put({ ...resource, recordingSid: sids.recording(2) });

    const outcome = await deliver(deletion.has, { recordingSid: sids.recording(2) });

    expect(outcome).toEqual(ignored('no-recording-known'));
    expect(deletion.recordings.deletionRequests).toEqual([]);
  });

  it('about an erased recording is ignored, also when a deletion of it was begun', async () => {
    const deletion = await startDeletion({
      recording: { erasure: { state: 'erased', erasedAt: at('11:00:00') }, deletion: intended },
    });

    expect(await deliver(deletion.has)).toEqual(ignored('tombstoned'));
    expect(deletion.recordings.deletionRequests).toEqual([]);
  });

  it('that is another function’s is parked', async () => {
    const deletion = await startDeletion();

    expect(
      await failureOf((async () => deliver(deletion.has, { route: 'internal/match-contact-status' }))()),
    ).toBeInstanceOf(PermanentError);
  });

  it('finds nothing to delete while the switch is off, and writes nothing about it', async () => {
    const deletion = await startDeletion({ policy: strictPolicy({ enabled: false }) });

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect((await deletion.recording()).refusals).toBeUndefined();
    expect(await timeline(deletion)).toEqual([]);
  });
});

describe('the copy, looked at once more', () => {
  const spoiltBy = (spoil: (deletion: Deletion) => void) => spoil;
  const flipped = Buffer.from(sound);
  flipped[4000] = (flipped[4000] ?? 0) ^ 1;

  it.each([
    ['is gone', 'archive-missing', spoiltBy(({ archive, versionId }) => archive.removeVersion(key, versionId))],
    [
      'has lost its end',
      'archive-size-mismatch',
      spoiltBy(({ archive, versionId }) => archive.spoil(key, versionId, sound.subarray(0, 90_000))),
    ],
    [
      'has one bit turned',
      'archive-hash-mismatch',
      spoiltBy(({ archive, versionId }) => archive.spoil(key, versionId, flipped)),
    ],
  ])('that %s keeps the source: %s', async (_what, reason, spoil) => {
    const deletion = await startDeletion();
    spoil(deletion);

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: [reason], archive: { state: 'mismatched' } });
    expect(await attemptsOf(deletion)).toEqual(['refused']);
    const what = reason.replace('archive-', '').replace('-mismatch', '');
    expect(await timeline(deletion)).toEqual([
      `delete-source: archive mismatched: verified → mismatched: ${what}`,
      `delete-source: source stays: - → ${reason}`,
    ]);
  });

  it('that lies beneath something else under its key keeps the source, whatever else confirms it', async () => {
    for (const confirmedBy of ['calabrio', 'archive', 'both'] as const) {
      const deletion = await startDeletion({ policy: strictPolicy({ confirmedBy }) });
      deletion.archive.putAnyway(key, Buffer.from('something else'));

      expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

      expect(deletion.recordings.deletionRequests).toEqual([]);
      expect(await deletion.recording()).toMatchObject({ refusals: ['archive-missing'] });
    }
  });

  it('that was repaired while it was found missing is not doubted for it', async () => {
    const deletion = await startDeletion();
    const { archive, versionId } = deletion;
    let isRepaired = false;
    const look: typeof archive.look = async (...of) => {
      if (isRepaired) return archive.look(...of);
      isRepaired = true;
      archive.removeVersion(key, versionId);
      archive.putAnyway(key, sound);
      const { versionId: repaired } = (await archive.look(key)) ?? {};
      await changeElsewhere(deletion, (before) =>
        before.archive.state === 'verified' && repaired !== undefined
          ? { ...before, archive: { ...before.archive, audio: { ...before.archive.audio, versionId: repaired } } }
          : before,
      );
      return undefined;
    };

    expect(await deliver({ ...deletion.has, archive: { open: archive.open, look } })).toEqual(done);

    expect(await deletion.recording()).toMatchObject({ archive: { state: 'verified' } });
    expect(archive.bytesOf(key)).toEqual(sound);
  });

  it('whose checksum S3 does not name is read whole, and a wrong bit is found so', async () => {
    for (const confirmedBy of ['calabrio', 'archive'] as const) {
      const deletion = await startDeletion({ policy: strictPolicy({ confirmedBy }) });
      deletion.archive.spoil(key, deletion.versionId, flipped);
      const looked = { sizeBytes: sound.length, versionId: deletion.versionId };

      await deliver({ ...deletion.has, archive: { open: deletion.archive.open, look: async () => looked } });

      expect(deletion.recordings.deletionRequests).toEqual([]);
      expect(await deletion.recording()).toMatchObject({ refusals: ['archive-hash-mismatch'] });
    }
  });

  it('that cannot be looked at now is looked at later', async () => {
    const deletion = await startDeletion();
    deletion.archive.failNext('look', new RetryableError('S3 is away', { reason: 'archive-unavailable' }));

    expect(await failureOf(deliver(deletion.has))).toMatchObject({ reason: 'archive-unavailable' });
    expect(deletion.recordings.deletionRequests).toEqual([]);

    expect(await deliver(deletion.has)).toEqual(done);
  });
});

describe('the source, looked at once more', () => {
  it.each([
    ['processing', 'source-not-final'],
    ['in-progress', 'source-not-final'],
    ['absent', 'source-empty'],
    ['failed', 'source-empty'],
    ['unknown', 'source-not-final'],
  ] as const)('that is %s now, though it was completed, stays: %s', async (status, reason) => {
    const deletion = await startDeletion();
    deletion.recordings.put({ ...resource, status });

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: [reason], reviewAt: at('13:00:00') });
  });

  it.each([
    ['without channels', { channels: undefined }],
    ['without a duration', { durationSeconds: undefined }],
  ])('that Twilio describes %s is not final', async (_what, lacking) => {
    const deletion = await startDeletion();
    const { channels, durationSeconds, ...rest } = { ...resource, ...lacking };
    deletion.recordings.put({
      ...rest,
      ...(channels !== undefined && { channels }),
      ...(durationSeconds !== undefined && { durationSeconds }),
    });

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: ['source-not-final'] });
  });

  it.each([
    ['another number of channels', { channels: 1 }, 'archive-channels-mismatch'],
    ['another duration', { durationSeconds: 5 }, 'archive-duration-mismatch'],
  ])('that has %s than its copy stays', async (_what, change, reason) => {
    const deletion = await startDeletion();
    deletion.recordings.put({ ...resource, ...change });

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: [reason], source: change });
  });

  it('whose duration Twilio rounds otherwise now is still the copy’s, and that it changed is written down', async () => {
    const deletion = await startDeletion();
    deletion.recordings.put({ ...resource, durationSeconds: 4 });

    expect(await deliver(deletion.has)).toEqual(done);

    expect(await timeline(deletion)).toContain(
      'delete-source: source is not what it was: completed, 2 channel(s), 3 s → completed, 2 channel(s), 4 s',
    );
  });
});

describe('a source that is gone', () => {
  it.each(['deleteElsewhere', 'remove'] as const)('without our intent (%s) was somebody else’s doing', async (how) => {
    const deletion = await startDeletion();
    deletion.recordings[how](sid);

    expect(await deliver(deletion.has)).toEqual(done);
    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({
      deletion: { state: 'gone-external', foundAt: at('12:00:00') },
      refusals: ['gone-external'],
    });
    expect(await timeline(deletion)).toEqual([
      'delete-source: source gone without our intent: completed → gone-external',
    ]);
    expect(measured(deletion)).toEqual(['deletions/gone-external', 'deletions/refused']);
    expect(await attemptsOf(deletion)).toEqual(['gone-external']);
  });

  it.each(['deleteElsewhere', 'remove'] as const)('with our intent (%s) was our doing', async (how) => {
    const deletion = await startDeletion({ recording: { deletion: intended, holds: [hold] } });
    deletion.recordings[how](sid);

    expect(await deliver(deletion.has)).toEqual(done);

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({
      deletion: {
        state: 'deleted',
        confirmedBy: how === 'remove' ? 'not-found' : 'soft-deleted',
        intendedAt: at('11:50:00'),
      },
    });
    expect(measured(deletion)).toEqual(['deletions/deleted']);
  });
});

describe('an intent of an earlier delivery whose source is still there', () => {
  it('is carried out while every rule holds, under an intent written anew', async () => {
    const deletion = await startDeletion({ recording: { deletion: intended } });

    expect(await deliver(deletion.has)).toEqual(done);

    expect(deletion.recordings.deletionRequests).toEqual([sid]);
    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'deleted', intendedAt: at('12:00:00') } });
  });

  it('is withdrawn when something speaks against it now, once no other delivery can be at it any more', async () => {
    const deletion = await startDeletion({ recording: { deletion: intended, holds: [hold] } });

    // The intent is from 11:50 and a function lives a quarter of an hour at most.
    expect(await failureOf(deliver(deletion.has))).toMatchObject({
      name: 'RetryableError',
      reason: 'deletion-under-way',
      retryAfterSeconds: 300,
    });
    expect((await deletion.recording()).deletion.state).toBe('intended');
    deletion.setClock('12:05:00');
    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'none' }, refusals: ['held'] });
    expect(await timeline(deletion)).toEqual([
      'delete-source: deletion withdrawn: intended → held',
      'delete-source: source stays: - → held',
    ]);
    expect(measured(deletion)).toEqual(['deletions/refused', 'deletions/withdrawn']);
    expect(await attemptsOf(deletion)).toEqual([]);
  });

  it('needs no second place in its own hour, and one in another', async () => {
    const policy = strictPolicy({ hourlyCap: 1 });
    const control = { ...newDeletionControl(at('12:00:00')), hour: { startedAt: at('12:00:00'), begun: 1 } };
    const sameHour = await startDeletion({
      policy,
      recording: { deletion: { state: 'intended', intendedAt: at('12:00:00') } },
    });
    const hourBefore = await startDeletion({
      policy,
      recording: { deletion: { state: 'intended', intendedAt: at('11:30:00') } },
    });
    for (const { ledger } of [sameHour, hourBefore]) await ledger.saveDeletionControl(control);

    expect(await deliver(sameHour.has)).toEqual(done);
    expect(await deliver(hourBefore.has)).toEqual(ignored('deletion-refused'));

    expect((await sameHour.ledger.readDeletionControl())?.hour.begun).toBe(1);
    expect(hourBefore.recordings.deletionRequests).toEqual([]);
    expect((await hourBefore.recording()).deletion.state).toBe('none');
  });

  it('takes a place in the hour in which it is carried out', async () => {
    const deletion = await startDeletion({
      policy: strictPolicy({ hourlyCap: 1 }),
      recording: { deletion: { state: 'intended', intendedAt: at('11:59:00') } },
    });

    expect(await deliver(deletion.has)).toEqual(done);

    expect((await deletion.ledger.readDeletionControl())?.hour).toEqual({ startedAt: at('12:00:00'), begun: 1 });
  });
});

describe('what changes under our hands', () => {
  it.each([
    ['a leg of its task', ['leg-missing'], () => endedTask({ legs: [...endedTask().legs, secondLeg] })],
    ['another task of its call', ['task-open'], openTask],
  ] as const)('%s that becomes known before the intent is written keeps the source', async (_what, reasons, late) => {
    const deletion = await startDeletion();
    const { saveRecording } = deletion.ledger;
    const ledger: typeof deletion.ledger = {
      ...deletion.ledger,
      saveRecording: async (record) => {
        if (record.deletion.state === 'intended') {
          const task = late();
          const version = (await deletion.ledger.readTask(task.taskSid))?.version ?? 0;
          await deletion.ledger.saveTask({ ...task, version });
          await deletion.ledger.addAliases(task.callSids, task.taskSid);
        }
        return saveRecording(record);
      },
    };

    const failure = await failureOf(deliver({ ...deletion.has, ledger }));
    deletion.setClock('12:16:00');
    await deliver(deletion.has);

    expect(failure).toMatchObject({ reason: 'deletion-under-way' });
    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({
      deletion: { state: 'none' },
      refusals: expect.arrayContaining([...reasons]),
    });
  });

  it.each([
    ['while the copy is proved', 'look'],
    ['while the source is looked at', 'fetchAlsoDeleted'],
  ] as const)('a hold that is placed %s wins', async (_when, call) => {
    const deletion = await startDeletion();
    let isPlaced = false;
    const place = async (): Promise<void> => {
      if (isPlaced) return;
      isPlaced = true;
      await changeElsewhere(deletion, (before) => applyEvent(before, { kind: 'hold-placed', hold }));
    };
    const { archive, recordings } = deletion.has;
    const has = {
      ...deletion.has,
      archive: {
        ...archive,
        look: async (...of: Parameters<typeof archive.look>) => {
          if (call === 'look') await place();
          return archive.look(...of);
        },
      },
      recordings: {
        ...recordings,
        fetchAlsoDeleted: async (...of: Parameters<typeof recordings.fetchAlsoDeleted>) => {
          if (call === 'fetchAlsoDeleted') await place();
          return recordings.fetchAlsoDeleted(...of);
        },
      },
    };

    expect(await deliver(has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({
      deletion: { state: 'none' },
      refusals: ['held'],
      holds: [{ matter: 'CASE-2026-17' }],
    });
    const lines = await timeline(deletion);
    expect(lines).toContain(
      'delete-source: not done: deletion intended: - → the record was changed meanwhile: planned again',
    );
    expect(lines).toContain('delete-source: source stays: - → held');
  });

  it('a task that opens again while the copy is proved wins', async () => {
    const deletion = await startDeletion({ policy: strictPolicy({ waiveInsights: true }) });
    const { archive } = deletion.has;
    const look: typeof archive.look = async (...of) => {
      const { endedAt: _end, ...open } = await deletion.task();
      await deletion.ledger.saveTask(open);
      return archive.look(...of);
    };

    expect(await deliver({ ...deletion.has, archive: { ...archive, look } })).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: ['task-open'] });
  });

  it('a record that never rests is left for later, with nothing deleted', async () => {
    const deletion = await startDeletion();
    const { archive } = deletion.has;
    const look: typeof archive.look = async (...of) => {
      await changeElsewhere(deletion, (before) => before);
      return archive.look(...of);
    };

    const failure = await failureOf(deliver({ ...deletion.has, archive: { ...archive, look } }));

    expect(failure).toMatchObject({ name: 'RetryableError', reason: 'ledger-contended' });
    expect(deletion.recordings.deletionRequests).toEqual([]);
    // One place in the hour, however often it was begun again.
    expect((await deletion.ledger.readDeletionControl())?.hour.begun).toBe(1);
  });

  it('a second delivery that deletes meanwhile is not taken for a stranger', async () => {
    const deletion = await startDeletion();
    const { archive } = deletion.has;
    const look: typeof archive.look = async (...of) => {
      await deliver(deletion.has, { cause: 'm-other' });
      return archive.look(...of);
    };

    expect(await deliver({ ...deletion.has, archive: { ...archive, look } })).toEqual(ignored('already-deleted'));

    expect(deletion.recordings.deletionRequests).toEqual([sid]);
    expect(measured(deletion)).toEqual(['deletions/deleted']);
    expect(await attemptsOf(deletion)).toEqual(['deleted']);
  });

  it('a second delivery that finds a hold does not take back a deletion that is being carried out', async () => {
    const deletion = await startDeletion();
    const { recordings } = deletion.has;
    const seen: unknown[] = [];
    const deleteRecording: typeof recordings.deleteRecording = async (...of) => {
      await changeElsewhere(deletion, (before) => applyEvent(before, { kind: 'hold-placed', hold }));
      seen.push(await failureOf(deliver(deletion.has, { cause: 'm-other' })));
      return recordings.deleteRecording(...of);
    };

    expect(await deliver({ ...deletion.has, recordings: { ...recordings, deleteRecording } })).toEqual(done);

    expect(seen).toMatchObject([{ reason: 'deletion-under-way' }]);
    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'deleted' }, holds: [{}] });
  });
});

describe('an intent that somebody takes back while Twilio carries it out', () => {
  it('is still what the deletion was done under', async () => {
    const deletion = await startDeletion();
    const { recordings } = deletion.has;
    const deleteRecording: typeof recordings.deleteRecording = async (...of) => {
      await changeElsewhere(deletion, (before) => applyEvent(before, { kind: 'deletion-withdrawn' }));
      return recordings.deleteRecording(...of);
    };

    expect(await deliver({ ...deletion.has, recordings: { ...recordings, deleteRecording } })).toEqual(done);

    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'deleted', intendedAt: at('12:00:00') } });
  });
});

describe('a task that the recording does not name', () => {
  it('and that shares its conference keeps the source while it is open', async () => {
    const deletion = await startDeletion({ policy: strictPolicy({ waiveInsights: true }) });
    const { endedAt: _end, endedBy: _by, ...open } = endedTask({ taskSid: sids.task(2), legs: [] });
    await deletion.ledger.saveTask(open);
    await deletion.ledger.addAliases([sids.conference()], sids.task(2));

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: ['task-open'] });
  });
});

describe('Twilio’s answer to a deletion', () => {
  it('that says no for good is told to a person, and the intent is taken back', async () => {
    const deletion = await startDeletion();
    deletion.recordings.refuseNextDeletion({ kind: 'refused', status: 400, code: 20001 });

    expect(await failureOf(deliver(deletion.has))).toMatchObject({
      name: 'PermanentError',
      reason: 'twilio-refused-deletion',
      message: expect.stringContaining('400 (20001)'),
    });

    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'none' }, refusals: [] });
    expect((await deletion.recording()).reviewAt).toBeUndefined();
    expect((await timeline(deletion)).at(-1)).toBe(
      'delete-source: deletion withdrawn: intended → Twilio refused it with 400 (20001)',
    );
    expect(measured(deletion)).toEqual(['deletions/refused', 'deletions/withdrawn']);
    expect(await attemptsOf(deletion)).toEqual(['refused']);
  });

  it.each([
    ['twilio-rate-limited', 7],
    ['twilio-unavailable', undefined],
    ['twilio-credentials', undefined],
  ])('that is %s leaves the message for later, which then goes on', async (reason, retryAfterSeconds) => {
    const deletion = await startDeletion();
    deletion.recordings.failNext('deleteRecording', new RetryableError('not now', { reason, retryAfterSeconds }));

    expect(await failureOf(deliver(deletion.has))).toMatchObject({ reason, retryAfterSeconds });
    expect(await deletion.recording()).toMatchObject({
      deletion: { state: 'intended' },
      // Should the message be lost, reconcile takes it up a quarter of an hour later.
      reviewAt: at('12:15:01'),
    });
    deletion.setClock('12:00:30');
    expect(await deliver(deletion.has)).toEqual(done);

    expect(deletion.recordings.deletionRequests).toEqual([sid, sid]);
    expect(measured(deletion)).toEqual(['deletions/deleted']);
    expect((await deletion.ledger.readDeletionControl())?.hour.begun).toBe(1);
  });

  it('that was carried out and not heard is found so by the next delivery, which asks for no other', async () => {
    const deletion = await startDeletion();
    const { recordings } = deletion.has;
    const deleteRecording: typeof recordings.deleteRecording = async (...of) => {
      await recordings.deleteRecording(...of);
      throw new RetryableError('the connection broke', { reason: 'twilio-unavailable' });
    };

    await failureOf(deliver({ ...deletion.has, recordings: { ...recordings, deleteRecording } }));
    expect(await deliver(deletion.has)).toEqual(done);

    expect(deletion.recordings.deletionRequests).toEqual([sid]);
    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'deleted' } });
  });

  it('that was yes is not believed while the recording is still there', async () => {
    const deletion = await startDeletion();
    const { recordings } = deletion.has;
    const has = {
      ...deletion.has,
      recordings: { ...recordings, deleteRecording: async () => ({ kind: 'deleted' }) as const },
    };

    expect(await failureOf(deliver(has))).toMatchObject({ name: 'RetryableError', reason: 'deletion-unconfirmed' });
    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'intended' } });

    expect(await deliver(deletion.has)).toEqual(done);
  });

  it('that it has none of that SID is success under our intent', async () => {
    const deletion = await startDeletion();
    const { recordings } = deletion.has;
    const deleteRecording: typeof recordings.deleteRecording = async (...of) => {
      deletion.recordings.deleteElsewhere(sid);
      return recordings.deleteRecording(...of);
    };

    expect(await deliver({ ...deletion.has, recordings: { ...recordings, deleteRecording } })).toEqual(done);
    expect(await deletion.recording()).toMatchObject({ deletion: { state: 'deleted' } });
  });
});

describe('Calabrio’s API', () => {
  it.each([
    ['our recording in its metadata', { metadata: { archive_recording_sid: ` ${sid} ` } }],
    ['our task in its metadata', { metadata: { archive_task_sid: sids.task() } }],
    ['our conference in its metadata', { metadata: { archive_conference_sid: sids.conference() } }],
    ['the customer’s call among its ids', { otherIds: [sids.call(1)] }],
    ['the agent’s call among its ids', { otherIds: ['17', sids.call(2)] }],
    ['our reservation among its ids', { otherIds: [sids.reservation()] }],
  ])('confirms a contact with %s, and the source goes', async (_what, said) => {
    const deletion = await startDeletion({ policy: askingPolicy() });
    deletion.contacts.put({ ccrId: 4711, ...said });

    expect(await deliver(deletion.has)).toEqual(done);

    expect(deletion.contacts.asked).toEqual([4711]);
    expect(deletion.recordings.deletionRequests).toEqual([sid]);
    expect((await deletion.recording()).verifications).toMatchObject([{ ccrId: 4711, result: 'confirmed' }]);
    expect(await timeline(deletion)).toContainEqual(
      expect.stringMatching(
        /^delete-source: contact 4711 confirmed by the API: not asked → its metadata|^delete-source: contact 4711 confirmed by the API: not asked → one of its ids/,
      ),
    );
  });

  it('confirms a contact of a sibling of the recording that the metadata names, where the metadata names our task too', async () => {
    const tasks = [endedTask({ primaryRecordingSid: sids.recording(9) })];
    const sibling = { archive_recording_sid: sids.recording(9) };
    const named = await startDeletion({ policy: askingPolicy(), tasks });
    named.contacts.put({ ccrId: 4711, metadata: { ...sibling, archive_task_sid: sids.task() } });
    const unnamed = await startDeletion({ policy: askingPolicy(), tasks });
    unnamed.contacts.put({ ccrId: 4711, metadata: sibling });

    await deliver(named.has);
    await deliver(unnamed.has);

    expect(named.recordings.deletionRequests).toEqual([sid]);
    expect(unnamed.recordings.deletionRequests).toEqual([]);
    expect((await unnamed.recording()).verifications).toMatchObject([{ ccrId: 4711, result: 'unconfirmed' }]);
  });

  it.each([
    ['still confirms is asked again and lets the source go', { archive_recording_sid: sid }, [sid], []],
    ['contradicts now keeps it', { archive_recording_sid: sids.recording(9) }, [], ['api-mismatch']],
    ['says nothing of now keeps it', {}, [], ['api-unconfirmed']],
  ])('that confirmed months ago and %s', async (_what, metadata, requests, refusals) => {
    const verification = { ccrId: 4711, result: 'confirmed', checkedAt: new Date('2025-12-01T12:00:00Z') } as const;
    const deletion = await startDeletion({ policy: askingPolicy(), recording: { verifications: [verification] } });
    deletion.contacts.put({ ccrId: 4711, metadata });

    await deliver(deletion.has);

    expect(deletion.contacts.asked).toEqual([4711]);
    expect(deletion.recordings.deletionRequests).toEqual(requests);
    expect(await deletion.recording()).toMatchObject(
      refusals.length === 0 ? { deletion: { state: 'deleted' } } : { refusals, deletion: { state: 'none' } },
    );
  });

  it.each([
    ['another recording', { metadata: { archive_recording_sid: sids.recording(9) } }],
    ['another task', { metadata: { archive_task_sid: sids.task(9) } }],
    ['our recording and another task', { metadata: { archive_recording_sid: sid, archive_task_sid: sids.task(9) } }],
    [
      'another recording and our task',
      { metadata: { archive_recording_sid: sids.recording(9), archive_task_sid: sids.task() } },
    ],
    [
      'another recording, though our call is among its ids',
      { metadata: { archive_recording_sid: sids.recording(9) }, otherIds: [sids.call(1)] },
    ],
    [
      'another recording, though it is not even uploaded',
      { metadata: { archive_recording_sid: sids.recording(9) }, isAudioUploaded: false },
    ],
  ])('contradicts with a contact that names %s', async (_what, said) => {
    const deletion = await startDeletion({ policy: askingPolicy() });
    deletion.contacts.put({ ccrId: 4711, ...said });

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({
      refusals: ['api-mismatch'],
      verifications: [{ ccrId: 4711, result: 'mismatched' }],
    });
    expect(await attemptsOf(deletion)).toEqual(['refused']);
  });

  it.each([
    ['nothing of ours', {}],
    ['our recording under a name that is not mapped', { metadata: { recording: sid } }],
    ['our recording as part of a text', { metadata: { archive_recording_sid: `see ${sid}` } }],
    ['a chat’s conversation among its ids', { otherIds: [sids.conversation()] }],
    [
      'our recording, and nothing said of the upload',
      { metadata: { archive_recording_sid: sid }, isAudioUploaded: undefined },
    ],
  ])('confirms nothing of a contact with %s, and is asked again in an hour', async (_what, said) => {
    const deletion = await startDeletion({
      policy: askingPolicy(),
      tasks: [endedTask({ conversationSids: [sids.conversation()] })],
    });
    const { isAudioUploaded, ...rest } = { isAudioUploaded: true, ...said };
    const fetch = async () => ({
      ...{ ccrId: 4711, metadata: {}, otherIds: [], ...rest },
      ...(isAudioUploaded !== undefined && { isAudioUploaded }),
    });

    expect(await deliver({ ...deletion.has, contacts: { fetch } })).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: ['api-unconfirmed'], reviewAt: at('13:00:01') });
    expect(await attemptsOf(deletion)).toEqual([]);
  });

  it('is not asked again before its hour is over', async () => {
    const deletion = await startDeletion({ policy: askingPolicy() });
    await deliver(deletion.has);
    deletion.setClock('12:59:59');
    await deliver(deletion.has);
    expect(deletion.contacts.asked).toEqual([4711]);

    deletion.setClock('13:00:00');
    deletion.contacts.put({ ccrId: 4711, metadata: { archive_recording_sid: sid } });

    expect(await deliver(deletion.has)).toEqual(done);
    expect(deletion.contacts.asked).toEqual([4711, 4711]);
  });

  it('is not asked while anything else speaks against the deletion', async () => {
    const deletion = await startDeletion({ policy: askingPolicy(), recording: { holds: [hold] } });

    await deliver(deletion.has);

    expect(deletion.contacts.asked).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: ['held', 'api-unconfirmed'] });
  });

  it('is asked for every leg, and one that it does not know keeps the source', async () => {
    const legs = [...endedTask().legs, secondLeg];
    const deletion = await startDeletion({
      policy: askingPolicy(),
      tasks: [endedTask({ legs })],
      recording: { contacts: [contact(), contact({ ccrId: 4712, legId: sids.call(3) })] },
    });
    deletion.contacts.put({ ccrId: 4711, metadata: { archive_recording_sid: sid } });

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.contacts.asked).toEqual([4711, 4712]);
    expect(deletion.recordings.deletionRequests).toEqual([]);
  });

  it('is not asked again about what it has confirmed', async () => {
    const deletion = await startDeletion({
      policy: askingPolicy(),
      tasks: [endedTask({ legs: [...endedTask().legs, secondLeg] })],
      recording: {
        contacts: [contact(), contact({ ccrId: 4712, legId: sids.call(3) })],
        verifications: [{ ccrId: 4711, result: 'confirmed', checkedAt: at('11:00:00') }],
      },
    });
    deletion.contacts.put({ ccrId: 4712, metadata: { archive_recording_sid: sid } });

    expect(await deliver(deletion.has)).toEqual(done);

    expect(deletion.contacts.asked).toEqual([4712]);
  });

  it('that is away leaves the message for later', async () => {
    const deletion = await startDeletion({ policy: askingPolicy() });
    deletion.contacts.failNext('fetch', new RetryableError('away', { reason: 'calabrio-unavailable' }));

    expect(await failureOf(deliver(deletion.has))).toMatchObject({ reason: 'calabrio-unavailable' });
    expect(deletion.recordings.deletionRequests).toEqual([]);
  });

  it('is not needed where the policy asks it only when it is configured', async () => {
    const policy = strictPolicy({}, { calabrio: exampleCalabrio({ verify: 'when-configured' }) });
    const deletion = await startDeletion({ policy, hasApi: false });

    expect(await deliver(deletion.has)).toEqual(done);
  });
});

describe('the gate', () => {
  it('lets as many begin in an hour as the cap says, and the next ones in the next hour', async () => {
    const deletion = await startDeletion({ policy: strictPolicy({ hourlyCap: 1 }) });
    const used = { ...newDeletionControl(at('12:00:00')), hour: { startedAt: at('12:00:00'), begun: 1 } };
    await deletion.ledger.saveDeletionControl(used);

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));
    expect(await deletion.recording()).toMatchObject({ refusals: ['hourly-cap'], reviewAt: at('13:00:00') });
    expect(await attemptsOf(deletion)).toEqual([]);
    deletion.setClock('13:00:00');

    expect(await deliver(deletion.has)).toEqual(done);
    expect((await deletion.ledger.readDeletionControl())?.hour).toEqual({ startedAt: at('13:00:00'), begun: 1 });
  });

  it('is asked again when somebody else takes the last place at the same moment', async () => {
    const deletion = await startDeletion({ policy: strictPolicy({ hourlyCap: 1 }) });
    const { control } = deletion.has;
    const saveDeletionControl: typeof control.saveDeletionControl = async (wanted) => {
      const hour = { startedAt: at('12:00:00'), begun: 1 };
      await control.saveDeletionControl({ ...newDeletionControl(at('12:00:00')), hour });
      return control.saveDeletionControl(wanted);
    };

    const outcome = await deliver({ ...deletion.has, control: { ...control, saveDeletionControl } });

    expect(outcome).toEqual(ignored('deletion-refused'));
    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: ['hourly-cap'] });
  });

  it('closes when too many of the last attempts went wrong, and rings once', async () => {
    const policy = strictPolicy({ breaker: { sampleSize: 2, openAtPercent: 50 } });
    const deletion = await startDeletion({ policy });
    const first = { at: at('11:00:00'), recordingSid: sids.recording(7), end: 'deleted' } as const;
    const { breaker } = policy.deletion;
    await deletion.ledger.saveDeletionControl(withAttempt(newDeletionControl(at('11:00:00')), first, breaker));
    deletion.recordings.deleteElsewhere(sid);

    await deliver(deletion.has);

    expect(await deletion.ledger.readDeletionControl()).toMatchObject({ breaker: { state: 'open' } });
    expect(measured(deletion)).toEqual(['breaker/opened', 'deletions/gone-external']);
  });

  it.each([
    ['a leg that failed since', { recording: { contacts: [contact({ status: 'FAILED' })] } }, ['refused']],
    ['a leg that nothing was heard of', { recording: { contacts: [] } }, ['refused']],
    ['a copy that is not proved', { recording: { archive: { state: 'none' } } }, ['refused']],
    ['a hold', { recording: { holds: [hold] } }, []],
    ['the grace', { policy: strictPolicy({ graceSeconds: 86_400 }) }, []],
    ['a dry run', { policy: strictPolicy({ dryRun: true }) }, []],
    ['the cap', { policy: strictPolicy({ hourlyCap: 0 }) }, []],
    ['a missing link', { tasks: [endedTask({ link: { state: 'none', writes: 0 } })] }, []],
  ] as const)('counts against the breaker what is about proof, and nothing else: %s', async (_what, given, counted) => {
    const deletion = await startDeletion(given);

    await deliver(deletion.has);

    expect(await attemptsOf(deletion)).toEqual(counted);
  });

  it('counts a recording once for each end, however often its message comes', async () => {
    const deletion = await startDeletion();
    deletion.archive.removeVersion(key, deletion.versionId);

    for (const cause of ['m-0', 'm-1', 'm-2']) await deliver(deletion.has, { cause });

    expect(await attemptsOf(deletion)).toEqual(['refused']);
  });

  it('counts the recordings that Calabrio completed in spite of a replaced link, each once', async () => {
    const deletion = await startDeletion({ policy: strictPolicy({ ingestProof: 2 }) });
    const count = (n: number) =>
      deliver(deletion.has, { route: 'internal/count-ingest', recordingSid: sids.recording(n) });

    expect(await count(5)).toEqual(done);
    expect(await count(5)).toEqual(done);
    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));
    expect(await deletion.recording()).toMatchObject({ refusals: ['ingest-unproven'], reviewAt: at('13:00:00') });
    expect(await count(6)).toEqual(done);
    expect(await count(7)).toEqual(done);

    expect((await deletion.ledger.readDeletionControl())?.provedIngests).toEqual([
      sids.recording(5),
      sids.recording(6),
    ]);
    expect(await deliver(deletion.has)).toEqual(done);
  });

  it('is counted right by many that come at once', async () => {
    const deletion = await startDeletion({ policy: strictPolicy({ ingestProof: 20 }) });

    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        deliver(deletion.has, { route: 'internal/count-ingest', recordingSid: sids.recording(100 + n) }),
      ),
    );

    expect((await deletion.ledger.readDeletionControl())?.provedIngests).toHaveLength(10);
  });
});
