import { join } from 'node:path';
import { stageAssembly } from '../../../local/assembly-cache.ts';
import { startLocalPipeline } from '../../../local/local-pipeline.ts';
import type { LocalPipeline } from '../../../local/local-pipeline.ts';
import { operatorOf } from '../../../local/operator.ts';
import { overlaid, overlayOf } from '../../../local/policy-overlay.ts';
import { localStageName } from '../../../local/run-policy.ts';
import { localDir } from '../../../local/run-state.ts';
import { deliveryTarget, isCrmAsked } from '../../../local/run-sample-day.ts';
import { customerCalls, putThrough } from '../../../local/sample-day/call.ts';
import type { PlayedTask, Scenario } from '../../../local/sample-day/day.ts';
import { dayTruth } from '../../../local/sample-day/day-truth.ts';
import { deliveryOrders } from '../../../local/sample-day/delivery-orders.ts';
import { playDay } from '../../../local/sample-day/play-day.ts';
import { attributesProgramme } from '../../../local/sample-day/programme.ts';
import { startReportReceiver } from '../../../local/sample-day/report-receiver.ts';
import type { ReportReceiver } from '../../../local/sample-day/report-receiver.ts';
import { samplePolicy } from '../../../local/sample-day/sample-policy.ts';
import { settledTally } from '../../../local/sample-day/settled-lines.ts';
import { followToRest } from '../../../local/sample-day/to-rest.ts';
import { transferCold } from '../../../local/sample-day/transfer.ts';
import { email } from '../../../local/sample-day/shapes/messaging.ts';
import { workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { dataDirFor } from './run-start.ts';

const repositoryDir = join(import.meta.dirname, '../../..');
const dayMs = 86_400_000;

/** Four tasks that never end: whatever is written to them could still be read by Flex Insights. */
const unended: readonly Scenario[] = [
  {
    title: 'a call that goes on',
    async play(day) {
      await putThrough(day, customerCalls(day), { recorded: 'by-flex' });
      await day.seconds(60);
    },
  },
  {
    title: 'a call that was handed on and goes on',
    async play(day) {
      const call = await putThrough(day, customerCalls(day), { agent: 'ada', recorded: 'by-flex' });
      await day.seconds(20);
      await transferCold(day, call, { queue: 'Spanish', agent: 'elena', ringSeconds: 5, wrapUpSeconds: 10 });
    },
  },
  {
    title: 'a call that was handed on, in its last wrap-up',
    async play(day) {
      const call = await putThrough(day, customerCalls(day), { agent: 'grace', recorded: 'by-flex' });
      await day.seconds(20);
      const second = await transferCold(day, call, {
        queue: 'Spanish',
        agent: 'hans',
        ringSeconds: 5,
        wrapUpSeconds: 10,
      });
      day.twilio.voice.hangUp(second.conferenceSid, second.customerCallSid);
      day.twilio.taskRouter.wrapUp(second.reservationSid);
    },
  },
  {
    title: 'an e-mail in its wrap-up',
    async play(day) {
      const { taskRouter } = day.twilio;
      const taskSid = day.newTask({ attributes: email(day.customers.next()), channel: 'email', queue: 'Leasing' });
      const reservationSid = taskRouter.reserve(taskSid, day.staff.sid('bob'));
      taskRouter.accept(reservationSid);
      await day.seconds(60);
      taskRouter.wrapUp(reservationSid);
    },
  },
];

describe('a day whose deliveries all come a second time', () => {
  const data = dataDirFor('second-playing');
  const tally = settledTally();
  let receiver: ReportReceiver;
  let pipeline: LocalPipeline;
  let played: readonly PlayedTask[] = [];

  beforeAll(async () => {
    receiver = await startReportReceiver();
    const cacheDir = join(localDir(repositoryDir), 'assemblies');
    pipeline = await startLocalPipeline({
      ...{ repositoryDir: data.path, dataDir: data.path, port: 0, keptAfterEndMs: dayMs },
      assemblyDir: await stageAssembly({ repositoryDir, stageName: localStageName, cacheDir }),
      policy: (twilio) => overlaid(samplePolicy(twilio, receiver.url), overlayOf({ deletion: { enabled: false } })),
      functionLog: (_name, line) => tally.line(line),
      dayStartsAt: new Date('2027-03-04T08:00:00Z'),
    });
    played = await playToRest();
  }, 300_000);
  afterAll(async () => {
    await pipeline.close();
    await receiver.close();
    data.remove();
  }, 30_000);

  /** Every scene about attributes, and behind them those that never end. */
  async function playToRest(): Promise<readonly PlayedTask[]> {
    const { clock, twilio, calabrio, crm, cloud } = pipeline;
    const orders = deliveryOrders();
    twilio.deliverTo(deliveryTarget({ pipeline, transport: 'event-streams', recordingCallbacks: true }, orders));
    cloud.schedules.start();
    const last = attributesProgramme();
    const open = unended.map((scenario, place) => ({ startsAtSeconds: 600 + place * 20, scenario }));
    const { tasks } = await playDay({
      ...{ clock, twilio, calabrio, crm, isCrmAsked: isCrmAsked({}), orders, items: [...last, ...open] },
      archive: { hold: async () => undefined, loopReportsBack: async () => 0 },
      foreignWorkspaceSid: workspaceSid(`WS${'f0'.repeat(16)}`),
    });
    const operator = operatorOf(pipeline);
    await followToRest({ clock, twilio, calabrio, cloud, operator }, tasks);
    operator.close();
    cloud.schedules.stop();
    clock.busy();
    return tasks;
  }

  /** What the pipeline has written so far, at Twilio's own count. */
  const writes = () =>
    pipeline.twilio
      .requests()
      .filter(({ method, path }) => method === 'POST' && /\/(Tasks|Workers)(\/|$)/.test(path))
      .map(({ path, status }) => `${status} ${path}`);

  it('has all that it is owed after the first', () => {
    const ended = played.filter(({ taskSid }) => pipeline.twilio.taskRouter.task(taskSid)?.endedAt !== undefined);
    const truth = dayTruth(pipeline.twilio, ended, pipeline.cloud.publicUrl);

    expect(truth.flatMap(({ title, brokenPromises }) => brokenPromises.map((one) => `${title}: ${one}`))).toEqual([]);
    expect(truth.flatMap(({ spoiledAttributes }) => spoiledAttributes)).toEqual([]);
    expect(played.length - ended.length).toBe(unended.length);
  });

  it('has said of each of two agents how their part ended, on one and the same task', () => {
    const { taskSid } = played.find(({ title }) => title === 'a call that was handed on, in its last wrap-up') ?? {};
    const { history = [] } = (taskSid && pipeline.twilio.taskRouter.task(taskSid)) ?? {};
    const told = history.flatMap(({ attributes }) => /"hang_up_by":"([^"]*)"/.exec(attributes)?.[1] ?? []);

    expect(told.filter((one, place) => one !== told[place - 1])).toEqual(['Customer', 'Cold Transfer', 'Customer']);
  });

  it('writes nothing the second time, though every task could still be written to', async () => {
    const before = writes();
    const attributes = pipeline.twilio.taskRouter.tasks().map((task) => task.attributes);
    const spoken = tally.counts().webhooks;

    const taken = await pipeline.twilio.playDeliveriesAgain();
    await pipeline.cloud.idle();

    expect(before.length).toBeGreaterThanOrEqual(played.length);
    expect(taken).toBe(pipeline.twilio.deliveryCounts().delivered);
    expect(tally.counts().webhooks - spoken).toBe(taken);
    expect(writes().slice(before.length)).toEqual([]);
    expect(pipeline.twilio.taskRouter.tasks().map((task) => task.attributes)).toEqual(attributes);
  }, 120_000);
});
