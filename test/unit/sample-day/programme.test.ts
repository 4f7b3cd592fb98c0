import { accountSid, callSid, conferenceSid, taskSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { startCalabrio } from '../../../local/calabrio/start-calabrio.ts';
import { startClock } from '../../../local/clock.ts';
import { startCrm } from '../../../local/crm/crm.ts';
import { deliveryOrders } from '../../../local/sample-day/delivery-orders.ts';
import { dayTruth } from '../../../local/sample-day/day-truth.ts';
import { playDay } from '../../../local/sample-day/play-day.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { isJsonObject, readJsonObject } from '../../../local/twilio/json.ts';
import type { JsonObject } from '../../../local/twilio/json.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';

const account = accountSid(`AC${'0'.repeat(32)}`);
const foreignWorkspaceSid = workspaceSid(`WS${'f'.repeat(32)}`);
const eight = Date.parse('2026-11-20T08:00:00Z');

/** Plays the whole day on a Twilio whose events go nowhere: what is looked at is the script alone. */
async function playedDay() {
  const clock = startClock({ jumps: true, startAtEpochMs: eight });
  const credentials = { apiKeySid: `SK${'0'.repeat(32)}`, apiKeySecret: 'not-a-secret', authToken: 'not-a-token' };
  const twilio = await startTwilio({
    clock,
    accountSid: account,
    workspaceSid: workspaceSid(`WS${'0'.repeat(32)}`),
    ...credentials,
  });
  const calabrio = await startCalabrio({
    ...{ clock, twilio, tenantId: 1001, legModel: 'per-reservation', metadata: [] },
    user: { userId: 'svc', password: 'not-a-password' },
    twilioUser: { accountSid: account, user: account, password: credentials.authToken },
    workspaceSid: `WS${'0'.repeat(32)}`,
  });
  const archive = { hold: async () => undefined, loopReportsBack: async () => 0 };
  const crm = await startCrm({ clock, authorization: 'Bearer not-a-token' });
  const parties = { twilio, calabrio, crm, isCrmAsked: false, archive };
  const day = await playDay({ clock, ...parties, orders: deliveryOrders(), foreignWorkspaceSid });
  await crm.close();
  clock.stop();
  await calabrio.stop();
  await twilio.stop();
  return { twilio, tasks: day.tasks, fates: day.fates };
}

describe('the day’s script', () => {
  let day: Awaited<ReturnType<typeof playedDay>>;
  beforeAll(async () => void (day = await playedDay()));

  it('has at least forty tasks, and a third of the calls begin within one minute', () => {
    const calls = day.tasks.filter(({ channel, isForeign }) => channel === 'voice' && !isForeign);
    const begins = calls.map(({ taskSid }) => day.twilio.taskRouter.task(taskSid)?.createdAt.getTime() ?? 0);
    const inOneMinute = Math.max(
      ...begins.map((from) => begins.filter((at) => at >= from && at < from + 60_000).length),
    );

    expect(day.tasks.filter(({ isForeign }) => !isForeign).length).toBeGreaterThanOrEqual(40);
    expect(inOneMinute * 3).toBeGreaterThanOrEqual(calls.length);
  });

  it('knows of every recording whose task it is', () => {
    const known = new Set(day.tasks.flatMap(({ recordings }) => recordings));

    expect(day.twilio.voice.recordings().filter(({ recordingSid }) => !known.has(recordingSid))).toEqual([]);
  });

  it('says of at least six sources, for six different reasons, that they stay, and of most that they go', () => {
    const fates = [...day.fates.values()].map((fate) =>
      fate(examplePolicy({ graceSeconds: 120 }), { owesMedia: true }),
    );
    const reasons = new Set(fates.flatMap((fate) => (typeof fate === 'string' ? [] : fate)));

    expect(reasons.size).toBeGreaterThanOrEqual(6);
    expect(day.twilio.voice.recordings().length - day.fates.size).toBeGreaterThan(day.fates.size);
  });

  it('has one leg, not three, on the call that was accepted at the third try', () => {
    const task = day.tasks.find(({ title }) => title === 'rejected, timed out, then accepted');
    const { reservations = [] } = (task && day.twilio.taskRouter.task(task.taskSid)) ?? {};

    expect(reservations.map(({ status }) => status)).toEqual(['rejected', 'timeout', 'completed']);
  });

  it('fills one task’s attributes to 3,900 characters', () => {
    const task = day.tasks.find(({ title }) => title === 'attributes of 3,900 characters');

    expect(task && day.twilio.taskRouter.task(task.taskSid)?.attributes).toHaveLength(3_900);
  });

  it('has a call of more than an hour, one absent recording, and two from the day before, of which one has still to be listened to', () => {
    const recordings = day.twilio.voice.recordings();

    expect(recordings.some(({ durationSeconds = 0 }) => durationSeconds > 3_600)).toBe(true);
    expect(recordings.filter(({ status }) => status === 'absent')).toHaveLength(1);
    expect(recordings.filter(({ startedAt }) => startedAt.getTime() < eight)).toHaveLength(2);
    expect(day.tasks.filter(({ needsReview }) => needsReview)).toHaveLength(1);
  });

  it.each<[string, (attributes: JsonObject) => boolean]>([
    ['inbound call', ({ call_sid, direction }) => typeof call_sid === 'string' && direction === 'inbound'],
    ['outbound call', ({ direction, targetWorker }) => direction === 'outbound' && targetWorker !== undefined],
    ['chat', ({ channelType, rdForm }) => channelType === 'web' && rdForm !== undefined],
    ['SMS', ({ channelType }) => channelType === 'sms'],
    ['e-mail', ({ type, search_context }) => type === 'long-lived' && search_context !== undefined],
    ['follow-up', ({ parentTaskSid }) => taskSid.is(parentTaskSid)],
    ['back-office task', ({ conferenceSid }) => callSid.is(conferenceSid)],
    ['e-mail create body', ({ taskChannel, attributes }) => taskChannel === 'email' && isJsonObject(attributes)],
    ['generic call', (attributes) => attributes['customer-value'] !== undefined],
    ['snake case', ({ rd }) => isJsonObject(rd) && rd['call_detail_id'] !== undefined],
  ])('has a task of the shape of %s, and says what it is owed', (_shape, isOfIt) => {
    const found = day.tasks.filter(({ taskSid: sid }) => {
      const [made] = day.twilio.taskRouter.task(sid)?.history ?? [];
      return isOfIt(readJsonObject(made?.attributes ?? '') ?? {});
    });

    expect(found.filter(({ promised }) => promised.length > 0).length).toBeGreaterThanOrEqual(1);
  });

  it('has calls that the customer, the agent and the API end', () => {
    const ended = day.tasks.flatMap(({ taskSid: sid }) => {
      const { attributes = '' } = day.twilio.taskRouter.task(sid) ?? {};
      const conference = readJsonObject(attributes)?.['conference'];
      const cf = isJsonObject(conference) ? conference['sid'] : undefined;
      return conferenceSid.is(cf) ? (day.twilio.voice.conference(cf) ?? []) : [];
    });
    const roles = ended.map(
      ({ callSidEnding, participants }) => participants.find(({ callSid: call }) => call === callSidEnding)?.role,
    );

    expect(ended.every(({ status }) => status === 'completed')).toBe(true);
    expect(new Set(roles)).toEqual(new Set(['customer', 'worker', undefined]));
  });

  it('finds no link of ours and no task with all that it is owed where no pipeline was at work', () => {
    const truth = dayTruth(day.twilio, day.tasks, 'http://127.0.0.1:1/v1');

    expect(truth.filter(({ link, isLinkedInTime }) => link !== undefined || isLinkedInTime)).toEqual([]);
    expect(truth.filter(({ promises, brokenPromises }) => promises > 0 && brokenPromises.length === 0)).toEqual([]);
    expect(truth.flatMap(({ spoiledAttributes }) => spoiledAttributes)).toEqual([]);
  });
});
