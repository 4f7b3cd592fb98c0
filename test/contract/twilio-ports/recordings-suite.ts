import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { AccountSid, CallSid, ConferenceSid, RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { OpenedMedia, Recordings } from '../../../lambdas/shared/ports/recordings.ts';

export interface FinishedRecording {
  readonly recordingSid: RecordingSid;
  readonly callSid: CallSid;
  readonly conferenceSid: ConferenceSid;
  /** Of the sound in one and, when it was recorded so, two channels. */
  readonly sizeBytes: { readonly 1: number; readonly 2: number };
  readonly sha256: { readonly 1: string; readonly 2: string };
}

/** An account, and the hands that Twilio has on it. */
export interface RecordingsWorld {
  readonly recordings: Recordings;
  readonly accountSid: AccountSid;
  /** A completed recording of `durationSeconds`, with its own call and conference. */
  newFinished(how: { readonly channels: 1 | 2; readonly durationSeconds: number }): Promise<FinishedRecording>;
  /** An encrypted one, of which no channels can be wished for; its ciphertext as it is served. */
  newSealed(): Promise<{ readonly recordingSid: RecordingSid; readonly sizeBytes: number; sha256(): string }>;
  /** One that is still running. */
  newRunning(): Promise<RecordingSid>;
  /** One that ended with nothing in it: `absent`, 16101. */
  newAbsent(): Promise<RecordingSid>;
  /** From now on media comes without Content-Length. */
  withoutLength(): void;
}

/** What the recordings of every account promise. `newWorld` gives one without recordings. */
export function recordingsSuite(name: string, newWorld: () => Promise<RecordingsWorld>): void {
  const neighbourOf = (sid: RecordingSid): RecordingSid =>
    recordingSid(`${sid.slice(0, -1)}${sid.endsWith('0') ? '1' : '0'}`);

  describe(`${name}`, () => {
    it('describes a finished recording', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const { recordingSid, conferenceSid } = await newFinished({ channels: 2, durationSeconds: 3 });

      expect(await recordings.fetch(accountSid, recordingSid)).toMatchObject({
        kind: 'recording',
        recording: {
          recordingSid,
          accountSid,
          conferenceSid,
          status: 'completed',
          durationSeconds: 3,
          channels: 2,
          startedAt: expect.any(Date),
        },
      });
    });

    it('describes a running recording, of which nothing final is known', async () => {
      const { recordings, accountSid, newRunning } = await newWorld();

      const fetched = await recordings.fetch(accountSid, await newRunning());

      expect(fetched).toMatchObject({ kind: 'recording', recording: { status: 'in-progress' } });
      expect(fetched.kind === 'recording' && fetched.recording.durationSeconds).toBeUndefined();
    });

    it('describes an absent recording with its reason', async () => {
      const { recordings, accountSid, newAbsent } = await newWorld();

      expect(await recordings.fetch(accountSid, await newAbsent())).toMatchObject({
        kind: 'recording',
        recording: { status: 'absent', errorCode: '16101' },
      });
    });

    it('says of a recording that is not there that it is gone, and of its sound that it is not there', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const other = neighbourOf((await newFinished({ channels: 1, durationSeconds: 1 })).recordingSid);

      expect(await recordings.fetch(accountSid, other)).toEqual({ kind: 'gone' });
      expect(await recordings.openMedia(accountSid, other, 1)).toEqual({ kind: 'not-there' });
    });

    it('lists the recordings of a conference and of a call, and no others', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const wanted = await newFinished({ channels: 1, durationSeconds: 1 });
      await newFinished({ channels: 1, durationSeconds: 1 });

      const ofConference = await recordings.listOfConference(accountSid, wanted.conferenceSid);
      const ofCall = await recordings.listOfCall(accountSid, wanted.callSid);

      expect(ofConference.map((found) => found.recordingSid)).toEqual([wanted.recordingSid]);
      expect(ofCall.map((found) => found.recordingSid)).toEqual([wanted.recordingSid]);
    });

    it('opens the sound in as many channels as are asked for, with its length', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const { recordingSid, sizeBytes, sha256 } = await newFinished({ channels: 2, durationSeconds: 2 });

      for (const channels of [1, 2] as const) {
        const opened = await recordings.openMedia(accountSid, recordingSid, channels);

        expect(opened).toMatchObject({ kind: 'media', contentType: 'audio/x-wav', sizeBytes: sizeBytes[channels] });
        expect(await hashOf(opened)).toBe(sha256[channels]);
      }
    });

    it('opens the sound also when nobody says how long it is', async () => {
      const { recordings, accountSid, newFinished, withoutLength } = await newWorld();
      const { recordingSid, sha256 } = await newFinished({ channels: 1, durationSeconds: 1 });
      withoutLength();

      const opened = await recordings.openMedia(accountSid, recordingSid, 1);

      expect(opened).toMatchObject({ kind: 'media' });
      expect(opened).not.toHaveProperty('sizeBytes');
      expect(await hashOf(opened)).toBe(sha256[1]);
    });

    it('has no two channels of a recording in one', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const { recordingSid } = await newFinished({ channels: 1, durationSeconds: 1 });

      expect(await recordings.openMedia(accountSid, recordingSid, 2)).toEqual({ kind: 'channels-unavailable' });
    });

    it('opens what is encrypted as it is, when two channels of it are refused', async () => {
      const { recordings, accountSid, newSealed } = await newWorld();
      const { recordingSid, sizeBytes, sha256 } = await newSealed();

      expect(await recordings.openCiphertext(accountSid, recordingSid, 2)).toEqual({ kind: 'channels-unavailable' });
      const opened = await recordings.openCiphertext(accountSid, recordingSid);
      expect(opened).toMatchObject({ kind: 'media', sizeBytes });
      expect(await hashOf(opened)).toBe(sha256());
    });

    it('says of a ciphertext that is not there that it is not, however it is asked for', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const other = neighbourOf((await newFinished({ channels: 1, durationSeconds: 1 })).recordingSid);

      expect(await recordings.openCiphertext(accountSid, other)).toEqual({ kind: 'not-there' });
      expect(await recordings.openCiphertext(accountSid, other, 2)).toEqual({ kind: 'not-there' });
    });

    it('deletes a finished recording: it is gone, but for those who ask for deleted ones too', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const { recordingSid, conferenceSid } = await newFinished({ channels: 2, durationSeconds: 1 });

      expect(await recordings.deleteRecording(accountSid, recordingSid)).toEqual({ kind: 'deleted' });

      expect(await recordings.fetch(accountSid, recordingSid)).toEqual({ kind: 'gone' });
      expect(await recordings.openMedia(accountSid, recordingSid, 2)).toEqual({ kind: 'not-there' });
      expect(await recordings.listOfConference(accountSid, conferenceSid)).toEqual([]);
      expect(await recordings.fetchAlsoDeleted(accountSid, recordingSid)).toMatchObject({
        kind: 'recording',
        recording: { recordingSid, accountSid, status: 'deleted' },
      });
    });

    it('has nothing to delete a second time, nor where there never was a recording', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const { recordingSid } = await newFinished({ channels: 1, durationSeconds: 1 });
      await recordings.deleteRecording(accountSid, recordingSid);

      expect(await recordings.deleteRecording(accountSid, recordingSid)).toEqual({ kind: 'gone' });
      expect(await recordings.deleteRecording(accountSid, neighbourOf(recordingSid))).toEqual({ kind: 'gone' });
      expect(await recordings.fetchAlsoDeleted(accountSid, neighbourOf(recordingSid))).toEqual({ kind: 'gone' });
    });

    it('deletes no neighbour of the recording', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const stays = await newFinished({ channels: 1, durationSeconds: 1 });
      const goes = await newFinished({ channels: 1, durationSeconds: 1 });

      await recordings.deleteRecording(accountSid, goes.recordingSid);

      expect(await recordings.fetch(accountSid, stays.recordingSid)).toMatchObject({ kind: 'recording' });
      expect(await hashOf(await recordings.openMedia(accountSid, stays.recordingSid, 1))).toBe(stays.sha256[1]);
    });

    it('describes a recording that is there in the same way to those who ask for deleted ones too', async () => {
      const { recordings, accountSid, newFinished } = await newWorld();
      const { recordingSid } = await newFinished({ channels: 2, durationSeconds: 3 });

      const also = await recordings.fetchAlsoDeleted(accountSid, recordingSid);

      expect(also).toEqual(await recordings.fetch(accountSid, recordingSid));
      expect(also).toMatchObject({ kind: 'recording', recording: { status: 'completed' } });
    });

    it('does not delete a recording that is running', async () => {
      const { recordings, accountSid, newRunning } = await newWorld();
      const recordingSid = await newRunning();

      expect(await recordings.deleteRecording(accountSid, recordingSid)).toMatchObject({
        kind: 'refused',
        status: 400,
      });
      expect(await recordings.fetch(accountSid, recordingSid)).toMatchObject({ kind: 'recording' });
    });

    it('has no sound of a recording that is running or absent', async () => {
      const { recordings, accountSid, newRunning, newAbsent } = await newWorld();

      expect(await recordings.openMedia(accountSid, await newRunning(), 2)).toEqual({ kind: 'not-there' });
      expect(await recordings.openMedia(accountSid, await newAbsent(), 2)).toEqual({ kind: 'not-there' });
    });
  });
}

async function hashOf(opened: OpenedMedia): Promise<string> {
  if (opened.kind !== 'media') return opened.kind;
  return createHash('sha256')
    .update(await buffer(opened.stream))
    .digest('hex');
}
