import { PermanentError } from '../../../lambdas/shared/domain/outcome.ts';
import { readQueueMessage } from '../../../lambdas/shared/messages/queue-message.ts';
import { contactStatusEnvelope } from '../../support/contact-statuses.ts';
import { sids } from '../../support/example-sids.ts';

const receivedAt = new Date('2026-11-20T10:00:00.123Z');

function reasonOf(body: string): string {
  try {
    readQueueMessage(body);
  } catch (error) {
    if (error instanceof PermanentError) return error.reason;
    throw error;
  }
  return 'read';
}

describe('the envelope of a contact status', () => {
  it('gives the request back as it came', () => {
    const body = '{"sessionId":"“ä”"}';
    const request = { credential: 'token with ü', authorization: 'Basic eDp5', source: 'Archive' };

    expect(readQueueMessage(contactStatusEnvelope(body, receivedAt, request))).toEqual({
      route: 'calabrio/contact-status',
      requestId: `request-${receivedAt.getTime()}`,
      receivedAt,
      contentType: 'application/json',
      credential: 'token with ü',
      authorization: 'Basic eDp5',
      contactStatusSource: 'Archive',
      body,
    });
  });

  it('is not one of Twilio’s: without its own values it is unreadable', () => {
    const envelope = JSON.parse(contactStatusEnvelope('{}', receivedAt));

    expect(reasonOf(JSON.stringify({ ...envelope, route: 'twilio/task-events' }))).toBe('unreadable-message');
    for (const field of ['credential', 'authorization', 'contactStatusSource'])
      expect(reasonOf(JSON.stringify({ ...envelope, [field]: undefined }))).toBe('unreadable-message');
  });
});

describe('work that follows from a contact status', () => {
  const of = { v: 1, cause: 'm-1' } as const;
  const recordingSid = sids.recording();

  it.each([
    [{ ...of, route: 'internal/match-contact-status', alias: 'ccr:4711' }],
    [{ ...of, route: 'internal/delete-source', recordingSid }],
    [{ ...of, route: 'internal/count-ingest', recordingSid }],
    [{ ...of, route: 'internal/report-status', recordingSid, reservationSid: sids.reservation(), status: 'FAILED' }],
    [{ ...of, route: 'internal/report-status', recordingSid, status: 'COMPLETE', target: 'warehouse' }],
    [{ ...of, route: 'internal/relay-contact-status', body: '{"ccrId":1}' }],
  ])('is read as it was written: %j', (message) => {
    expect(readQueueMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each([
    ['a SID of another kind', { ...of, route: 'internal/delete-source', recordingSid: sids.task() }],
    ['a status of nobody’s', { ...of, route: 'internal/report-status', recordingSid, status: 'DONE' }],
    ['no alias', { ...of, route: 'internal/match-contact-status' }],
  ])('is unreadable with %s', (_what, message) => {
    expect(reasonOf(JSON.stringify(message))).toBe('unreadable-message');
  });

  it('cannot be of a route that nobody knows', () => {
    expect(reasonOf(JSON.stringify({ ...of, route: 'internal/delete-archive', recordingSid }))).toBe('unknown-route');
  });
});
