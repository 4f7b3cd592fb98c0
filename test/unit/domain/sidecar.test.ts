import { sidecarJson } from '../../../lambdas/shared/domain/sidecar.ts';
import type { ArchivedAudio } from '../../../lambdas/shared/domain/recording-record.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import { publicKeySid } from '../../../lambdas/shared/domain/sids.ts';
import { sids } from '../../support/example-sids.ts';

const at = new Date('2026-03-02T10:00:00Z');
const audio: ArchivedAudio = {
  key: `${sids.account()}/2026/03/02/${sids.recording()}.wav`,
  versionId: 'v1',
  sizeBytes: 960_044,
  sha256: 'ab'.repeat(32),
  crc64Nvme: 'AAAAAAAAAAA=',
  contentType: 'audio/wav',
  channels: 1,
  durationSeconds: 60,
  storedAt: at,
};
const recording = {
  ...newRecording({ recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'segment-link' }, at),
  source: {
    status: 'completed',
    origin: 'Conference',
    channels: 1,
    durationSeconds: 60,
    startedAt: at,
    callSid: sids.call(),
    conferenceSid: sids.conference(),
  },
} as const;
const task = {
  ...newTask({ taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() }, at),
  taskQueueSid: sids.queue(),
  taskQueueName: 'Sales',
  channel: 'voice',
  endedAt: new Date('2026-03-02T10:01:25Z'),
  endedBy: 'completed',
  parentTaskSid: sids.task(2),
  conversationId: sids.task(2),
  legs: [{ reservationSid: sids.reservation(), workerSid: sids.worker(), acceptedAt: at }],
} as const;

describe('a sidecar', () => {
  it('holds all that is needed to find the call, its queue and its agents again', () => {
    expect(JSON.parse(sidecarJson(recording, audio, [task]))).toEqual({
      sidecarVersion: 1,
      recordingSid: sids.recording(),
      accountSid: sids.account(),
      callSid: sids.call(),
      conferenceSid: sids.conference(),
      foundBy: 'segment-link',
      source: { origin: 'Conference', startedAt: '2026-03-02T10:00:00.000Z', durationSeconds: 60, channels: 1 },
      tasks: [
        {
          taskSid: sids.task(),
          workspaceSid: sids.workspace(),
          taskQueueSid: sids.queue(),
          taskQueueName: 'Sales',
          channel: 'voice',
          endedAt: '2026-03-02T10:01:25.000Z',
          endedBy: 'completed',
          parentTaskSid: sids.task(2),
          conversationId: sids.task(2),
          legs: [
            {
              reservationSid: sids.reservation(),
              workerSid: sids.worker(),
              acceptedAt: '2026-03-02T10:00:00.000Z',
            },
          ],
        },
      ],
      audio: { ...audio, storedAt: '2026-03-02T10:00:00.000Z' },
    });
  });

  it('tells of pauses, of the envelope of Twilio’s encryption and of how long the recording stays', () => {
    const encryption = {
      publicKeySid: publicKeySid(`CR${'0'.repeat(31)}1`),
      encryptedCek: 'Y2Vr',
      iv: 'MDEyMzQ1Njc4OWFi',
    };
    const kept = {
      ...recording,
      source: { ...recording.source, encryption },
      pauses: [{ from: at, until: new Date('2026-03-02T10:00:09Z') }],
      retention: { className: 'seven-years', decidedAt: at, until: new Date('2033-03-02T10:00:00Z') },
    };

    expect(JSON.parse(sidecarJson(kept, { ...audio, encryption }, [task]))).toMatchObject({
      source: { encryption },
      pauses: [{ from: '2026-03-02T10:00:00.000Z', until: '2026-03-02T10:00:09.000Z' }],
      retention: {
        className: 'seven-years',
        decidedAt: '2026-03-02T10:00:00.000Z',
        until: '2033-03-02T10:00:00.000Z',
      },
      audio: { encryption },
    });
  });

  it('is the same text for the same facts', () => {
    expect(sidecarJson(recording, audio, [task])).toBe(sidecarJson({ ...recording }, { ...audio }, [{ ...task }]));
  });

  it('leaves out a conversation id that is no SID, because people put telephone numbers there', () => {
    expect(sidecarJson(recording, audio, [{ ...task, conversationId: '+15005550006' }])).not.toContain('5005550006');
  });

  it('holds no link that was on the task before ours', () => {
    const linked = { ...task, link: { state: 'written', writes: 1, replaced: 'https://crm.example/ada' } } as const;

    expect(sidecarJson(recording, audio, [linked])).not.toContain('crm.example');
  });
});
