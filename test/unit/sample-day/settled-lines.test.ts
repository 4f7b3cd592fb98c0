import { settledTally } from '../../../local/sample-day/settled-lines.ts';

function line(messageId: string, outcome: string, more: object = {}): string {
  return JSON.stringify({ level: 'INFO', message: 'event.settled', messageId, outcome, ...more });
}

describe('settledTally', () => {
  it('counts each message once, by its last fate, and retries beside', () => {
    const tally = settledTally();

    tally.line(line('m1', 'retry', { reason: 'twilio-429', route: 'twilio/event-streams' }));
    tally.line(line('m1', 'done', { route: 'twilio/event-streams' }));
    tally.line(line('m1', 'done', { route: 'twilio/event-streams' }));
    tally.line(line('m2', 'ignored', { reason: 'foreign-workspace', route: 'twilio/task-events' }));
    tally.line(line('m3', 'ignored', { reason: 'link-settled', route: 'internal/link-recording' }));
    tally.line(line('m4', 'park', { reason: 'unreadable-message' }));
    tally.line(line('m5', 'quarantine', { reason: 'signature-missing', route: 'twilio/recording-events' }));
    tally.line(line('m6', 'ignored', { reason: 'own-report', route: 'calabrio/contact-status' }));

    expect(tally.counts()).toEqual({
      webhooks: 3,
      contactStatuses: 1,
      done: 1,
      ignored: 3,
      ignoredBy: { 'foreign-workspace': 1, 'link-settled': 1, 'own-report': 1 },
      parked: 1,
      parkedBy: { 'unreadable-message': 1 },
      quarantined: 1,
      retries: 1,
      retriesBy: { 'twilio-429': 1 },
    });
  });

  it.each([
    '',
    'START',
    '{"message":"event.settled"',
    '{"message":"run.ended"}',
    '{"message":"event.settled","outcome":"odd"}',
  ])('passes over %j', (text) => {
    const tally = settledTally();

    tally.line(text);

    expect(tally.counts()).toMatchObject({ webhooks: 0, done: 0, ignored: 0, parked: 0, quarantined: 0, retries: 0 });
  });
});
