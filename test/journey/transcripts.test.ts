import { startJourney } from '../support/journey/pipeline.ts';
import type { Journey } from '../support/journey/pipeline.ts';
import { sids } from '../support/example-sids.ts';
import { conversation, message } from '../unit/handlers/transcript-world.ts';

const stem = `${sids.account()}/2026/11/20/${sids.conversation()}`;

/** Delivers one event of the chat's task to enrich-task's queue, as the gateway would. */
function sendEvent(journey: Journey, eventType: string, number: number): void {
  const form = new URLSearchParams({
    Sid: sids.event(number),
    EventType: eventType,
    AccountSid: sids.account(),
    WorkspaceSid: sids.workspace(),
    TimestampMs: String(journey.now().getTime()),
    TaskSid: sids.task(),
    TaskChannelUniqueName: 'chat',
    TaskAttributes: JSON.stringify({ channelSid: sids.conversation(), channelType: 'web' }),
  });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const envelope = {
    ...{ v: 1, route: 'twilio/task-events', requestId: `request-${number}`, sourceIp: '192.0.2.7' },
    receivedAtEpochMs: journey.now().getTime(),
    contentType: base64('application/x-www-form-urlencoded'),
    signature: base64('genuine'),
    bodySha256: '',
    body: base64(form.toString()),
  };
  journey.queues.send('enrich-task', JSON.stringify(envelope), journey.now().getTime());
}

function startChat(products: 'voice' | 'voice-and-digital' = 'voice-and-digital'): Journey {
  const journey = startJourney({
    startsAt: new Date('2026-11-20T10:00:00Z'),
    enrichment: { products, enrichmentMode: 'observe' },
  });
  journey.conversations.put(conversation());
  sendEvent(journey, 'task.created', 1);
  return journey;
}

describe('a chat', () => {
  it('ends as a verified transcript that holds what was written after the wrap-up as well', async () => {
    const journey = startChat();
    journey.plan(60, () => sendEvent(journey, 'task.wrapup', 2));
    journey.plan(70, () => {
      const goodbye = message(2, { author: 'ada', body: 'Goodbye!' });
      journey.conversations.put(conversation({ messages: [...conversation().messages, goodbye] }));
      sendEvent(journey, 'task.completed', 3);
    });

    await journey.run();

    expect(journey.archive.textOf(`${stem}.txt`)).toContain('ada: Goodbye!');
    expect(journey.ledger.transcripts()).toMatchObject([
      { taskSids: [sids.task()], archive: { state: 'verified', transcript: { messages: 3 } } },
    ]);
    // Wrap-up and end, and nothing new when the task was settled.
    expect(journey.archive.versions.of(`${stem}.json`)).toHaveLength(2);
    expect(journey.deadLetters).toEqual([]);
  });

  it('is archived when nothing but its beginning was ever told', async () => {
    const journey = startChat();

    await journey.run();

    expect(journey.ledger.transcripts()).toMatchObject([{ archive: { state: 'verified' } }]);
  });

  it('is archived once Twilio answers again, though it was away for hours', async () => {
    const journey = startChat();
    journey.setTwilioAway(true);
    journey.plan(60, () => sendEvent(journey, 'task.completed', 2));
    journey.plan(5 * 3600, () => journey.setTwilioAway(false));

    await journey.run();

    expect(journey.ledger.transcripts()).toMatchObject([{ archive: { state: 'verified' } }]);
    expect(journey.deadLetters).toEqual([]);
  });

  it('leaves nothing behind where calls alone are archived', async () => {
    const journey = startChat('voice');
    journey.plan(60, () => sendEvent(journey, 'task.completed', 2));

    await journey.run();

    expect(journey.ledger.transcripts()).toEqual([]);
    expect(journey.archive.keys().filter((key) => key.includes(sids.conversation()))).toEqual([]);
  });
});
