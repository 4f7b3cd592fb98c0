import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { accountSid, recordingSid, taskSid } from '../../../lambdas/shared/domain/sids.ts';
import { dayTable } from '../../../local/sample-day/day-lines.ts';
import type { DayFindings } from '../../../local/sample-day/day-findings.ts';
import type { TaskTruth } from '../../../local/sample-day/day-truth.ts';
import { coloursFor, visibleWidth } from '../../../local/terminal/colours.ts';

const plain = coloursFor({ isTty: false, noColor: undefined });
const at = new Date('2026-11-20T08:00:00Z');
const account = accountSid(`AC${'0'.repeat(32)}`);
const sid = recordingSid(`RE${'2'.repeat(32)}`);
const link = `http://127.0.0.1:45463/v1/r/${sid}?k=k1.abcdefghijklmnopqrstuv`;

const audio = {
  key: `${account}/2026/11/20/${sid}.wav`,
  sizeBytes: 768_044,
  sha256: 's',
  crc64Nvme: 'c',
  contentType: 'audio/wav',
  channels: 1,
  durationSeconds: 48,
  storedAt: at,
};
const recorded: TaskTruth = {
  taskSid: taskSid(`WT${'1'.repeat(32)}`),
  title: 'voicemail, its recording older than its task',
  channel: 'voice',
  createdAt: at,
  endedAt: at,
  recordings: [sid],
  link,
  isLinkedInTime: true,
  isMediaInTime: true,
  secondsToLink: -3_900,
  promises: 0,
  brokenPromises: [],
  spoiledAttributes: [],
  lastAttributes: '{}',
};
const chat: TaskTruth = {
  taskSid: taskSid(`WT${'3'.repeat(32)}`),
  title: 'web chat',
  channel: 'chat',
  createdAt: at,
  endedAt: at,
  recordings: [],
  isLinkedInTime: true,
  isMediaInTime: true,
  promises: 0,
  brokenPromises: [],
  spoiledAttributes: [],
  lastAttributes: '{}',
};

function found(...tasks: readonly TaskTruth[]): Pick<DayFindings, 'tasks' | 'recordings' | 'copies'> {
  return {
    tasks,
    recordings: new Map([
      [
        sid,
        {
          ...newRecording({ recordingSid: sid, accountSid: account, foundBy: 'list' }, at),
          archive: { state: 'verified', audio, verifiedAt: at },
        },
      ],
    ]),
    copies: new Map([[sid, { kind: 'same', sizeBytes: 768_044 }]]),
  };
}

describe('dayTable', () => {
  it('gives a recorded task a row, and below it what happened, where the copy rests and the whole link', () => {
    expect(dayTable(found(recorded), plain)).toEqual([
      'task                                channel  recordings     bytes  end to link',
      '──────────────────────────────────  ───────  ──────────  ────────  ───────────',
      'WT11111111111111111111111111111111  voice             1  768.0 kB  -1 h 05 min',
      '  voicemail, its recording older than its task',
      `  2026/11/20/${sid}.wav`,
      `  ${link}`,
      '',
      'end to link: from the task’s end to its link; a minus sign says before the end',
    ]);
  });

  it('gives a task without a recording its row and what happened, and no empty line', () => {
    const [, , row, happened, next] = dayTable(found(chat, recorded), plain);

    expect(row).toMatch(/^WT3{32} {2}chat +0 +– +–$/);
    expect(happened).toBe('  web chat');
    expect(next).toContain(recorded.taskSid);
  });

  it('says below a task how many of its attributes Flex Insights found as they should be', () => {
    const brokenPromises = ['conversations.language at the task’s end'];

    expect(dayTable(found({ ...chat, promises: 3, brokenPromises }), plain)[4]).toBe('  2 of 3 attributes');
  });

  it('wraps nothing on a terminal of 80 columns but a link, which must be whole to be opened', () => {
    const wide = dayTable(found(recorded, chat), plain).filter((line) => visibleWidth(line) > 80);

    expect(wide).toEqual([`  ${link}`]);
  });

  it('says of a recording without a copy in which state it is, and that its task has no link', () => {
    const { link: _, ...unlinked } = recorded;
    const known = newRecording({ recordingSid: sid, accountSid: account, foundBy: 'list' }, at);

    const lines = dayTable({ ...found(unlinked), recordings: new Map([[sid, known]]) }, plain);

    expect(lines[2]).toMatch(/ none$/);
    expect(lines[4]).toBe('  none');
  });
});
