import { recordConferenceEvent } from '../../../lambdas/enrich-task/record-conference-event.ts';
import type { ConferenceRecords } from '../../../lambdas/shared/ports/conferences.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryConferenceRecords } from '../../support/fakes/in-memory-conferences.ts';
import { provedWebhook } from '../../support/proved-webhook.ts';
import { startWorld } from './world.ts';

const leave = (changes: Record<string, string> = {}) =>
  provedWebhook(
    'twilio/conference-events',
    new URLSearchParams({
      AccountSid: sids.account(),
      ConferenceSid: sids.conference(),
      StatusCallbackEvent: 'participant-leave',
      CallSid: sids.call(),
      ParticipantLabel: 'customer',
      ReasonParticipantLeft: 'participant_hung_up',
      SequenceNumber: '5',
      Timestamp: 'Fri, 20 Nov 2026 10:04:00 +0000',
      ...changes,
    }).toString(),
  );

const record = (conferenceRecords: ConferenceRecords, webhook = leave()) =>
  recordConferenceEvent({ ...startWorld(), conferenceRecords }, webhook);

describe('a conference callback', () => {
  it('is remembered with its conference', async () => {
    const records = inMemoryConferenceRecords();

    expect(await record(records)).toEqual({ kind: 'done' });
    expect(await record(records, leave({ CallSid: sids.call(2), ParticipantLabel: 'worker' }))).toEqual({
      kind: 'done',
    });

    expect(records.all()).toMatchObject([
      {
        conferenceSid: sids.conference(),
        participants: [
          { callSid: sids.call(1), label: 'customer', reasonLeft: 'participant_hung_up', leftSequence: 5 },
          { callSid: sids.call(2), label: 'worker' },
        ],
      },
    ]);
  });

  it('that comes twice changes nothing the second time', async () => {
    const records = inMemoryConferenceRecords();
    await record(records);

    expect(await record(records)).toEqual({ kind: 'done' });

    expect(records.all().map(({ version }) => version)).toEqual([1]);
  });

  it.each([
    ['of another account', { AccountSid: sids.account(2) }, 'foreign-account'],
    ['of somebody muted', { StatusCallbackEvent: 'participant-mute' }, 'event-type-not-handled'],
  ])('%s is ignored by name', async (_what, changes, reason) => {
    const records = inMemoryConferenceRecords();

    expect(await record(records, leave(changes))).toEqual({ kind: 'ignored', reason });
    expect(records.all()).toEqual([]);
  });

  it('that cannot be read is parked', async () => {
    await expect(record(inMemoryConferenceRecords(), leave({ ConferenceSid: '' }))).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'invalid-sid',
    });
  });

  it('that meets another writer is applied to what that one wrote', async () => {
    const records = inMemoryConferenceRecords();
    let isFirst = true;
    const contended: ConferenceRecords = {
      ...records,
      async saveConference(wanted) {
        if (isFirst) {
          isFirst = false;
          await record(records, leave({ CallSid: sids.call(2), ParticipantLabel: 'worker' }));
        }
        return records.saveConference(wanted);
      },
    };

    expect(await record(contended)).toEqual({ kind: 'done' });

    expect(records.all()).toMatchObject([{ participants: [{ callSid: sids.call(1) }, { callSid: sids.call(2) }] }]);
  });

  it('that meets other writers ten times is left for later', async () => {
    const busy: ConferenceRecords = { ...inMemoryConferenceRecords(), saveConference: async () => 'conflict' };

    await expect(record(busy)).rejects.toMatchObject({ name: 'RetryableError', reason: 'ledger-contended' });
  });
});
