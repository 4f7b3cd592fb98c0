import { sids } from '../support/example-sids.ts';
import { startJourney } from '../support/journey/pipeline.ts';
import { atRest, restOf } from '../support/journey/rest.ts';
import { ourLinkTo, playScriptedCall } from '../support/journey/scripted-call.ts';
import type { CallScript } from '../support/journey/scripted-call.ts';

const ways = ['segment-link', 'callback', 'list'] as const;
const endings = ['task.wrapup', 'reservation.wrapup', 'reservation.completed', 'task.completed'];

/** Plays the call to its rest; `attributes` are the task's last before Twilio deleted it. */
async function play(script: CallScript) {
  const journey = startJourney();
  const call = playScriptedCall(journey, script);
  let attributes: unknown;
  journey.plan(call.endSeconds + 299, () => {
    attributes = JSON.parse(journey.tasks.attributesOf(sids.task()) ?? 'null');
  });
  await journey.run();
  return { journey, call, attributes, rest: await restOf(journey, call.sound) };
}

describe.each(ways)('a call whose recording is known by %s only', (announcedBy) => {
  it('and that is completed two seconds after it with no wrap-up ends archived and linked in time', async () => {
    const { rest, attributes } = await play({ announcedBy });

    expect(rest).toMatchObject(atRest);
    expect(rest.seenAfterEndSeconds).toBeLessThanOrEqual(120);
    expect(attributes).toMatchObject({ name: 'Ada Example', conversations: { segment_link: ourLinkTo(1) } });
  });

  it('and that lasts 70 minutes ends archived and linked in time', async () => {
    const { rest, attributes, journey } = await play({ announcedBy, talkSeconds: 4200, wrapupSeconds: 240 });

    expect(rest).toMatchObject(atRest);
    expect(rest.seenAfterEndSeconds).toBeLessThanOrEqual(120);
    expect(attributes).toMatchObject({ conversations: { segment_link: ourLinkTo(1) } });
    // A running call is looked at now and then, not asked for all the time.
    expect(journey.settled.length).toBeLessThan(60);
  });

  it('and whose task’s end nobody states ends archived, and is found gone', async () => {
    const { rest, journey } = await play({ announcedBy, wrapupSeconds: 20, without: endings });

    expect(rest).toMatchObject({ ...atRest, link: announcedBy === 'list' ? 'missed' : 'written' });
    expect(await journey.ledger.readTask(sids.task())).toMatchObject({ endedBy: 'gone' });
  });
});

describe('a call of which nothing but its end is delivered', () => {
  it('ends archived, and linked in time, by listing', async () => {
    const { rest } = await play({
      announcedBy: 'list',
      wrapupSeconds: 20,
      without: ['task.created', 'reservation.accepted', 'reservation.wrapup', 'task.wrapup', 'reservation.completed'],
    });

    expect(rest).toMatchObject({ ...atRest, legs: 0 });
    expect(rest.seenAfterEndSeconds).toBeLessThanOrEqual(120);
  });
});

describe('a recording that was made and called complete before its task began', () => {
  it('is archived before, and linked when the task names its conference', async () => {
    const journey = startJourney();
    const delivered: (() => void)[] = [];
    const call = playScriptedCall(journey, { announcedBy: 'callback', wrapupSeconds: 20 }, ({ queueName, body }) => {
      const send = (): void => journey.queues.send(queueName, body, journey.now().getTime());
      if (queueName === 'archive-recording') send();
      else delivered.push(send);
    });
    journey.plan(84, () => {
      delivered.forEach((send) => send());
    });

    await journey.run();

    const rest = await restOf(journey, call.sound);
    expect(rest).toMatchObject(atRest);
    expect(rest.seenAfterEndSeconds).toBeLessThanOrEqual(120);
    const sidecar = journey.archive.textOf(`${sids.account()}/2026/03/02/${sids.recording()}.json`) ?? '{}';
    expect(JSON.parse(sidecar)).toMatchObject({
      tasks: [{ taskSid: sids.task(), legs: [{ reservationSid: sids.reservation() }] }],
    });
  });
});
