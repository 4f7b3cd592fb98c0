import type { RecordingLife, TaskLife } from '../../../cli/life.ts';
import { recordingLines, taskLines } from '../../../cli/life-lines.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import {
  accountSid,
  publicKeySid,
  recordingSid,
  reservationSid,
  taskSid,
  workerSid,
  workspaceSid,
} from '../../../lambdas/shared/domain/sids.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TimelineEntry } from '../../../lambdas/shared/ports/ledger.ts';
import { coloursFor, visibleWidth } from '../../../local/terminal/colours.ts';

const plain = coloursFor({ isTty: false, noColor: undefined });
const at = new Date('2026-11-20T08:00:00Z');
const account = accountSid(`AC${'0'.repeat(32)}`);
const task = taskSid(`WT${'1'.repeat(32)}`);
const first = recordingSid(`RE${'2'.repeat(32)}`);
const second = recordingSid(`RE${'3'.repeat(32)}`);
const reservation = reservationSid(`WR${'4'.repeat(32)}`);
const worker = workerSid(`WK${'6'.repeat(32)}`);
const link = `https://links.example.com/r/${first}?k=k1.abcdefghijklmnopqrstuv`;
const key = `${account}/2026/11/20/${first}.wav`;

const archived: RecordingRecord = {
  ...newRecording({ recordingSid: first, accountSid: account, foundBy: 'segment-link' }, at),
  archive: {
    state: 'verified',
    verifiedAt: at,
    audio: {
      key,
      versionId: 'v'.repeat(32),
      sizeBytes: 768_044,
      sha256: 'a'.repeat(64),
      crc64Nvme: 'c2l4dHlmb3Vy',
      contentType: 'audio/wav',
      channels: 1,
      durationSeconds: 48,
      storedAt: at,
    },
  },
};

const life: TaskLife = {
  kind: 'task',
  task: {
    ...newTask({ taskSid: task, accountSid: account, workspaceSid: workspaceSid(`WS${'5'.repeat(32)}`) }, at),
    channel: 'voice',
    legs: [
      {
        reservationSid: reservation,
        workerSid: worker,
        acceptedAt: new Date('2026-11-20T23:58:00Z'),
        wrapupAt: new Date('2026-11-20T23:59:30Z'),
        completedAt: new Date('2026-11-21T00:01:10Z'),
      },
      { reservationSid: reservation },
    ],
    recordings: [
      { recordingSid: first, foundBy: 'segment-link', kind: 'conference', isAbsent: false },
      { recordingSid: second, foundBy: 'list', kind: 'call', isAbsent: false },
    ],
    primaryRecordingSid: first,
    link: { state: 'written', writes: 1, replaced: link },
    enrichment: { mode: 'observe', paths: Array.from({ length: 9 }, (_, n) => `conversations.attribute_${n}`), at },
  },
  recordings: [archived],
  timeline: [
    happened('2026-11-20T08:00:00.123Z', { what: 'task.created', actor: 'twilio' }),
    happened('2026-11-20T09:30:00Z', { what: 'archive verified', before: 'stored', after: 'verified' }),
    happened('2026-11-21T00:00:01Z', { what: 'recording known', after: `${first} by segment-link` }),
  ],
  attributes: { source: 'at-twilio', values: { 'conversations.queue': 'Support' }, segmentLink: link },
};

function happened(occurredAt: string, entry: Partial<TimelineEntry>): TimelineEntry {
  return {
    of: task,
    occurredAt: new Date(occurredAt),
    cause: 'EV1',
    what: 'played',
    actor: 'archive-recording',
    ...entry,
  };
}

/** The lines of the section with this title, without the title. */
function section(lines: readonly string[], title: string): readonly string[] {
  const rest = lines.slice(lines.findIndex((line) => line.startsWith(title)) + 1);
  const end = rest.indexOf('');
  return end === -1 ? rest : rest.slice(0, end);
}

describe('the life of a task as lines', () => {
  const lines = taskLines(life, plain);

  it('says the day of a leg once, marks a time on the next day, and gives the worker a line below', () => {
    expect(section(lines, 'legs (2)')).toEqual([
      '  reservation                         accepted  wrap-up   completed',
      '  ──────────────────────────────────  ────────  ────────  ────────────',
      '  2026-11-20 UTC',
      '  WR44444444444444444444444444444444  23:58:00  23:59:30  00:01:10 +1d',
      '    worker WK66666666666666666666666666666666',
      '  WR44444444444444444444444444444444  –         –         –',
    ]);
  });

  it('gives a recording a row, and below it how large its copy is and where it rests', () => {
    expect(section(lines, 'recordings (2)')).toEqual([
      '  recording                             kind        found by      state',
      '  ────────────────────────────────────  ──────────  ────────────  ─────────────',
      '  RE22222222222222222222222222222222 *  conference  segment-link  archived',
      '    768044 bytes at 2026/11/20/RE22222222222222222222222222222222.wav',
      '  RE33333333333333333333333333333333    call        list          no record yet',
    ]);
  });

  it('says what Insights had read before it could be written, and in which task somebody listens to the call', () => {
    const review = { intendedAt: at, taskSid: taskSid(`WT${'7'.repeat(32)}`) };
    const enrichment = { mode: 'fill', paths: [], latePaths: ['conversations.outcome'], at } as const;
    const told = taskLines({ ...life, task: { ...life.task, enrichment, review } }, plain);

    expect(told.find((line) => line.includes('too late for'))).toMatch(/too late for +conversations\.outcome$/);
    expect(told.find((line) => line.includes('review'))).toMatch(/review +WT7{32}$/);
  });

  it('says each day of the timeline once, and gives a change that does not fit a line below', () => {
    expect(section(lines, 'timeline (3 lines)')).toEqual([
      '  when      what              by                 change',
      '  ────────  ────────────────  ─────────────────  ─────────────────',
      '  2026-11-20 UTC',
      '  08:00:00  task.created      twilio',
      '    because of EV1',
      '  09:30:00  archive verified  archive-recording  stored → verified',
      '  2026-11-21 UTC',
      '  00:00:01  recording known   archive-recording',
      '    – → RE22222222222222222222222222222222 by segment-link',
    ]);
  });

  it('says of a line what caused it, unless that is what caused the line above', () => {
    const timeline = [
      happened('2026-11-20T08:00:00Z', { what: 'a', cause: 'EV1' }),
      happened('2026-11-20T08:00:01Z', { what: 'b', cause: 'EV1' }),
      happened('2026-11-20T08:00:02Z', { what: 'c', cause: 'hold/CASE-1', actor: 'operator:Ada', after: 'CASE-1' }),
    ];

    expect(section(taskLines({ ...life, timeline }, plain), 'timeline (3 lines)').slice(2)).toEqual([
      '  2026-11-20 UTC',
      '  08:00:00  a     archive-recording',
      '    because of EV1',
      '  08:00:01  b     archive-recording',
      '  08:00:02  c     operator:Ada       – → CASE-1',
      '    because of hold/CASE-1',
    ]);
  });

  it('gives every change a line below where what happened leaves no room, and cuts only there', () => {
    const timeline = [happened('2026-11-20T08:00:00Z', { what: 'w'.repeat(50), actor: 'b'.repeat(30), after: 'GET' })];

    expect(section(taskLines({ ...life, timeline }, plain), 'timeline (1 line)').slice(2)).toEqual([
      '  2026-11-20 UTC',
      `  08:00:00  ${'w'.repeat(39)}…  ${'b'.repeat(23)}…`,
      '    – → GET',
      '    because of EV1',
    ]);
  });

  it('goes on below with what happened where it is long, for its last words say how it ended', () => {
    const what = `report COMPLETE of WR${'2'.repeat(32)} withheld from warehouse, which is disabled`;
    const timeline = [happened('2026-11-20T08:00:00Z', { what, actor: 'report-status' })];

    expect(section(taskLines({ ...life, timeline }, plain), 'timeline (1 line)').slice(2)).toEqual([
      '  2026-11-20 UTC',
      '  08:00:00  report COMPLETE of  report-status',
      `    WR${'2'.repeat(32)} withheld from warehouse, which is`,
      '    disabled',
      '    because of EV1',
    ]);
  });

  it('wraps nothing on a terminal of 80 columns but a link, which must be whole to be opened', () => {
    expect(lines.filter((line) => visibleWidth(line) > 80)).toEqual([`    ${link}`, `    ${link}`]);
  });

  it('shows no control character that came from outside', () => {
    const raw = 'x\u001b[2J\u009by\u007f\nz';
    const shown = 'x\\x1b[2J\\x9by\\x7f\\x0az';
    const foreign: TaskLife = {
      ...life,
      task: {
        ...life.task,
        channel: raw,
        taskQueueName: raw,
        conversationId: raw,
        link: { state: 'written', writes: 1, replaced: raw },
      },
      timeline: [happened('2026-11-20T08:00:00Z', { what: raw, actor: raw, before: raw, after: raw })],
      attributes: { source: 'at-twilio', values: { [raw]: raw }, segmentLink: raw },
    };

    const text = taskLines(foreign, plain);

    expect(text.join('')).not.toMatch(/\p{Cc}/u);
    expect(text).toEqual(
      expect.arrayContaining(
        ['channel', 'queue', 'conversation', 'playback', 'replaced'].map((name) => `  ${name.padEnd(14)}${shown}`),
      ),
    );
    expect(text).toContain(`  ${shown.padEnd(36)}${shown}`);
    expect(text).toContain(`    ${shown} → ${shown}`);
  });

  it('breaks a long attribute between words on lines below its path', () => {
    const values = { 'conversations.content': `${'word '.repeat(19)}end` };

    expect(
      section(taskLines({ ...life, attributes: { source: 'at-twilio', values } }, plain), 'attributes').slice(1),
    ).toEqual(['  conversations.content', `    ${'word '.repeat(15).trimEnd()}`, '    word word word word end']);
  });
});

describe('the life of a recording as lines', () => {
  const recordingLife: RecordingLife = {
    kind: 'recording',
    recording: archived,
    label: 'archived',
    tasks: [],
    timeline: life.timeline,
  };

  it('wraps nothing on a terminal of 80 columns but the key of the copy, which must be whole to be asked for', () => {
    const wide = recordingLines(recordingLife, plain, false).filter((line) => visibleWidth(line) > 80);

    expect(wide).toEqual([`    ${key}`]);
  });

  it('says of a sealed copy that nobody has its key, whose that is, and nothing of a sound that nobody knows', () => {
    const encryption = { publicKeySid: publicKeySid(`CR${'7'.repeat(32)}`), encryptedCek: 'b25lIGtleQ==', iv: 'AAAA' };
    const audio = {
      ...{ key: `${key}.enc`, sizeBytes: 768_060, sha256: 'a'.repeat(64), crc64Nvme: 'c2l4dHlmb3Vy', storedAt: at },
      ...{ contentType: 'application/octet-stream', channels: 0, durationSeconds: 0, encryption },
    };
    const sealed: RecordingRecord = { ...archived, archive: { state: 'sealed', audio, sealedAt: at } };

    const text = recordingLines({ ...recordingLife, recording: sealed }, plain, false).join('\n');

    expect(text).toContain('sealed: ciphertext of which nobody has the key, looked at again daily');
    expect(text).toMatch(/bytes +768060 \(.+\), channels not known, application\/octet-stream/);
    expect(text).toMatch(/encrypted for +CR7{32}/);
  });
});
