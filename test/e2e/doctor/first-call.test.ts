import type { CommandNeeds } from '../../../cli/command.ts';
import { connectToLocalCloud } from '../../../cli/connect-to-local-cloud.ts';
import type { Connection } from '../../../cli/connection.ts';
import { firstCall } from '../../../cli/doctor/first-call/first-call.ts';
import { coloursFor } from '../../../local/terminal/colours.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { playCall } from '../../support/e2e/recorded-call.ts';

const checklist = [
  ...['event in', 'task known', 'recording known', 'link on task', 'link plays', 'archive verified'],
  ...['attributes for Insights', 'visible in Insights'],
];

describe('doctor --first-call on a pipeline', () => {
  let run: PipelineRun;
  let connection: Connection;
  beforeAll(async () => {
    run = await startPipelineRun();
    const now = (): Date => new Date(run.clock.now());
    const toRun = await connectToLocalCloud('', run.dataDir, now);
    connection = { ...toRun, now, lastAttributes: async ({ taskSid }) => attributesOf(run, taskSid) };
  }, 180_000);
  afterAll(async () => {
    await connection.close();
    await run.close();
  });

  it('sees a call from its event to the sound behind its link', async () => {
    const answers: string[] = [];
    const typed = { flags: new Set(['json']), texts: new Map([['wait', '10']]), words: [] };
    const watched = firstCall(needsOf(run, connection, { typed, print: (text) => void answers.push(text) }));
    const call = await playCall(run, 'callback');

    expect(await watched).toBe(0);

    const answer: unknown = JSON.parse(answers[0] ?? '');
    expect(answer).toMatchObject({
      ...{ met: true, taskSid: call.taskSid, recordingSid: call.recordingSid },
      checklist: checklist.map((name) => ({ name, state: name === 'visible in Insights' ? 'note' : 'met' })),
    });
    expect(answers[0]).toContain('task.created by Event Streams');
    expect(answers[0]).toContain(`${call.recordingSid} by its callback`);
    expect(answers[0]).toContain('HEAD 200, GET 206, audio/wav');
  }, 60_000);
});

type LastAttributes = Awaited<ReturnType<Connection['lastAttributes']>>;

function attributesOf(
  { twilio }: PipelineRun,
  sid: Parameters<PipelineRun['twilio']['taskRouter']['task']>[0],
): LastAttributes {
  const task = twilio.taskRouter.task(sid);
  if (task === undefined) return { kind: 'gone' };
  return { kind: task.deletedAt === undefined ? 'at-twilio' : 'as-last-seen', attributes: task.attributes };
}

function needsOf(run: PipelineRun, connection: Connection, own: Pick<CommandNeeds, 'typed' | 'print'>): CommandNeeds {
  return {
    ...own,
    connect: async () => connection,
    progress: { line: () => undefined, show: () => undefined, end: () => undefined },
    colours: coloursFor({ isTty: false, noColor: undefined }),
    isTerminal: false,
    readTyped: async () => '',
    ask: async () => false,
    pause: (seconds) => run.seconds(seconds),
    now: () => new Date(run.clock.now()),
    environment: {},
  };
}
