import { fakeConnection } from '../fake-connection.ts';
import { run } from '../run-typed.ts';
import { contactStatusHash } from '../../../../lambdas/shared/domain/contact-status.ts';
import type { ContactStatus } from '../../../../lambdas/shared/domain/contact-status.ts';
import { sids } from '../../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';
import type { InMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';

const token = 'a-token-that-nobody-guesses';
const publicUrl = 'https://api.example.com/v1';

describe('calabrio sheet', () => {
  it('prints the page of a stage ready to type and reads no secret', async () => {
    const answer = await run(['calabrio', 'sheet'], fakeConnection({ ledger: inMemoryLedger(), publicUrl }));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('Application Management > Global > System Configuration > ACD Configuration');
    expect(answer.out).toMatch(/Twilio Account SID +AC[0-9a-f]{32}\n/);
    expect(answer.out).toContain(`${publicUrl}/calabrio/contact-status/<token>\n`);
    expect(answer.out).toMatch(/Object +Attribute +Calabrio Metadata Name +Type\n/);
    expect(answer.out).toMatch(/archive +recording_sid +archive_recording_sid +Text\n/);
    expect(answer.out).not.toContain('WRONG');
  });

  it('shows the token only when it is to be revealed', async () => {
    const connection = fakeConnection({ ledger: inMemoryLedger(), publicUrl, calabrioToken: token });

    const kept = await run(['calabrio', 'sheet', '--json'], connection);
    const revealed = await run(['calabrio', 'sheet', '--reveal'], connection);

    expect(kept.out).not.toContain(token);
    expect(revealed.out).toContain(`${publicUrl}/calabrio/contact-status/${token}\n`);
  });

  it('asks nobody for a stage with a domain of its own', async () => {
    const answer = await run(['calabrio', 'sheet', '--stage', 'prod'], new Error('nobody was to be asked'));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('https://recordings.example.com/calabrio/contact-status/<token>');
  });

  it('exits 1 and says what is wrong when something on the page would not work', async () => {
    const local = fakeConnection({ ledger: inMemoryLedger(), publicUrl: 'http://127.0.0.1:4566/v1' });

    const answer = await run(['calabrio', 'sheet'], local);

    expect(answer.code).toBe(1);
    expect(answer.out).toContain('WRONG');
    expect(answer.out.replaceAll(/\n +/g, ' ')).toContain('http://127.0.0.1:4566/v1 is not https');
  });

  it('names the stages there are when another is named', async () => {
    const answer = await run(['calabrio', 'sheet', '--stage', 'prd']);

    expect(answer.code).toBe(2);
    expect(answer.err).toContain('no stage is called "prd"; there are: dev, prod');
  });
});

/** Puts a status into the inbox under both of its ids, as calabrio-status does. */
async function receive(ledger: InMemoryLedger, said: Partial<ContactStatus>, receivedAt: string): Promise<void> {
  const contact = { ccrId: 1, sessionId: '', legId: '', tenantId: 1001, status: 'COMPLETE', ...said };
  const item = {
    hash: contactStatusHash(contact),
    contact,
    receivedAt: new Date(receivedAt),
    cause: 'message-1',
    isMatched: true,
  };
  for (const alias of [contact.sessionId, contact.legId]) if (alias !== '') await ledger.putInInbox({ ...item, alias });
}

/** So many calls of two agents and one recording each, on the 18th. */
async function ledgerWithCalls(count: number): Promise<InMemoryLedger> {
  const ledger = inMemoryLedger();
  const at = new Date('2026-11-18T10:00:00Z');
  for (let n = 1; n <= count; n += 1) {
    const conferenceSid = sids.conference(n);
    const legs = [2 * n, 2 * n + 1].map((leg) => ({ reservationSid: sids.reservation(leg), acceptedAt: at }));
    await ledger.saveTask(
      exampleTask({
        ...{ taskSid: sids.task(n), createdAt: at, firstSeenAt: at, endedAt: at, legs },
        conferenceSids: [conferenceSid],
        recordings: [{ recordingSid: sids.recording(n), foundBy: 'list', kind: 'conference', isAbsent: false }],
        link: { state: 'written', writes: 1, replaced: 'https://api.twilio.com/2010-04-01/Recordings' },
      }),
    );
    await ledger.saveRecording(
      exampleRecording({ recordingSid: sids.recording(n), source: { status: 'completed', conferenceSid } }),
    );
    await ledger.addAliases([conferenceSid, ...legs.map((leg) => leg.reservationSid)], sids.task(n));
    for (const [place, { reservationSid }] of legs.entries())
      await receive(
        ledger,
        { ccrId: 10 * n + place, sessionId: conferenceSid, legId: reservationSid },
        `2026-11-18T10:0${place + 1}:00Z`,
      );
  }
  return ledger;
}

describe('calabrio correlate', () => {
  it('tells each status once with what its ids are, however often and under how many ids it came', async () => {
    const ledger = await ledgerWithCalls(1);
    await receive(
      ledger,
      { ccrId: 10, sessionId: sids.conference(1), legId: sids.reservation(2) },
      '2026-11-19T08:00:00Z',
    );
    await receive(ledger, { ccrId: 99, sessionId: 'nobody', status: 'FAILED' }, '2026-11-19T09:00:00Z');

    const answer = await run(['calabrio', 'correlate', '--json'], fakeConnection({ ledger }));

    expect(JSON.parse(answer.out)).toMatchObject({
      observations: 3,
      statuses: [
        {
          ccrId: 10,
          times: 2,
          sessionIdIs: 'conference',
          legIdIs: 'reservation',
          receivedAt: '2026-11-18T10:01:00.000Z',
        },
        { ccrId: 11, times: 1, sessionIdIs: 'conference', legIdIs: 'reservation' },
        { ccrId: 99, times: 1, status: 'FAILED', sessionIdIs: 'none', legIdIs: 'none' },
      ],
    });
  });

  it('proposes a leg model with its evidence, and the share of replaced links that were completed', async () => {
    const answer = await run(['calabrio', 'correlate'], fakeConnection({ ledger: await ledgerWithCalls(5) }));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('this rests on 10 contact statuses');
    expect(answer.out).toMatch(/conference +10 +0\n/);
    expect(answer.out).toMatch(/reservation +0 +10\n/);
    expect(answer.out).toMatch(/replaced by ours +5 +5 +100 % +60 s +60 s\n/);
    expect(answer.out).toMatch(/per-reservation +5\n/);
    expect(answer.out).toContain('proposed: per-reservation');
    expect(answer.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('proposes nothing below five calls with several agents, and changes nothing', async () => {
    const ledger = await ledgerWithCalls(4);
    const before = [ledger.tasks(), ledger.recordings()];
    const connection = fakeConnection({ ledger });

    const answer = await run(['calabrio', 'correlate'], connection);

    expect(answer.out).toContain('nothing is proposed: 4 calls with several agents have ended');
    expect([ledger.tasks(), ledger.recordings()]).toEqual(before);
    expect(connection.sent).toEqual([]);
  });

  it('shows the ids and Calabrio’s reasons only when they are to be revealed, and nothing raw', async () => {
    const ledger = inMemoryLedger();
    const said = { sessionId: 'odd\u001b[2J', status: 'FAILED', failureReason: 'Ada Example hung up\u009b' };
    await receive(ledger, said, '2026-11-19T09:00:00Z');
    const connection = fakeConnection({ ledger });

    const kept = await run(['calabrio', 'correlate'], connection);
    const keptJson = await run(['calabrio', 'correlate', '--json'], connection);
    const revealed = await run(['calabrio', 'correlate', '--reveal'], connection);

    expect(kept.out + keptJson.out).not.toMatch(/odd|Ada Example/);
    expect(revealed.out).toContain('session odd\\x1b[2J');
    expect(revealed.out).toContain('reason: Ada Example hung up\\x9b');
  });
});
