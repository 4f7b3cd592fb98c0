import { idKind } from '../../../../cli/calabrio/id-kind.ts';
import { sids } from '../../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../../support/ledger/example-records.ts';

const task = exampleTask({
  callSids: [sids.call(1), sids.call(2), sids.call(3)],
  customerCallSid: sids.call(1),
  conferenceSids: [sids.conference(1)],
  conversationSids: [sids.conversation(1)],
  legs: [{ reservationSid: sids.reservation(1), workerCallSid: sids.call(2) }],
});
const known = { tasks: [task], recordings: [exampleRecording()] };

describe('idKind', () => {
  it.each([
    [sids.call(1), 'customer call'],
    [sids.call(2), 'worker call'],
    [sids.call(3), 'other'],
    [sids.conference(1), 'conference'],
    [sids.task(), 'task'],
    [sids.reservation(1), 'reservation'],
    [sids.recording(), 'recording'],
    [sids.conversation(1), 'other'],
    [sids.call(9), 'none'],
    ['4711', 'none'],
    ['', 'none'],
  ])('says of %s: %s', (id, kind) => {
    expect(idKind({ sessionId: id, legId: sids.task() }, 'sessionId', known)).toBe(kind);
    expect(idKind({ sessionId: sids.task(), legId: id }, 'legId', known)).toBe(kind);
  });

  it('finds a SID within a longer id', () => {
    const contact = { sessionId: `twilio:${sids.conference(1)}/2`, legId: '' };

    expect(idKind(contact, 'sessionId', known)).toBe('conference');
  });

  it('knows a recording’s conference and call where no task is known, and not whose the call is', () => {
    const source = { status: 'completed', conferenceSid: sids.conference(7), callSid: sids.call(7) } as const;
    const alone = { tasks: [], recordings: [exampleRecording({ source })] };
    const contact = { sessionId: sids.conference(7), legId: sids.call(7) };

    expect(idKind(contact, 'sessionId', alone)).toBe('conference');
    expect(idKind(contact, 'legId', alone)).toBe('other');
  });
});
