import { sids } from '../../../support/example-sids.ts';
import { read } from './read-fixture.ts';

describe('the team’s own facts', () => {
  it('are believed in snake case before all older names, and every one who tells them differently is reported', () => {
    const reading = read({
      rd: { client_id: 1, clientId: 3 },
      rdClientId: '1',
      clientId: 2,
      rdJson: { clientId: 4 },
      rdForm: '{clientId=5}',
    });

    expect(reading.task.rd).toEqual({ client_id: 1 });
    expect(reading.provenance['rd.client_id']).toBe('rd.client_id');
    expect(reading.conflicts).toEqual(
      ['clientId', 'rd.clientId', 'rdJson.clientId', 'rdForm.clientId'].map((droppedFrom) => ({
        path: 'rd.client_id',
        keptFrom: 'rd.client_id',
        droppedFrom,
      })),
    );
  });

  it('are taken from an older name where the newer is an empty text, null or a template', () => {
    const attributes = {
      rd: { lead_id: '', unit_id: null, client_id: '{{flow.data.client}}' },
      transfer_context: { leadId: 7 },
      rdUnitId: '8',
      clientId: '9',
    };

    expect(read(attributes).task.rd).toEqual({ lead_id: 7, unit_id: 8, client_id: 9 });
  });

  it.each<[unknown, unknown]>([
    ['1', 1],
    [' 1515 ', 1515],
    ['-3', -3],
    ['1.0', 1],
    [1, 1],
    [JSON.rawJSON('1.0'), 1],
    ['007', '007'],
    ['12B', '12B'],
    ['9007199254740993', '9007199254740993'],
    [JSON.rawJSON('9007199254740993'), '9007199254740993'],
    ['1e3', '1e3'],
  ])('that are whole numbers are numbers where JavaScript can hold them: %p is %p', (written, value) => {
    expect(read({ clientId: written }).task.rd).toEqual({ client_id: value });
  });

  it.each<[unknown, unknown, readonly string[]]>([
    [true, true, []],
    ['true', true, ['isNewClient']],
    ['False', false, ['isNewClient']],
    ['maybe', 'maybe', []],
  ])('that are flags are booleans, and a text in a flag’s place is noted: %p is %p', (written, value, notedAt) => {
    const reading = read({ isNewClient: written });

    expect(reading.task.rd).toEqual({ is_new_client: value });
    expect(reading.notes).toEqual(notedAt.map((path) => ({ kind: 'text-for-boolean', path })));
  });

  it.each(['1901-01-01', '2049-12-31', '2021-02-04T02:35:14.466Z', '2021-02-04T02:35:14+05:30', '2021-02-04 02:35'])(
    'that are dates stay as they are written: %s',
    (date) => {
      expect(read({ startDate: ` ${date} ` })).toMatchObject({ task: { rd: { start_date: date } }, notes: [] });
    },
  );

  it.each(['1900-12-31', '2050-01-01', '2021-13-01', '04/02/2021', 'tomorrow', 1612406114])(
    'that are no dates of the years 1901 to 2049 are left out with a note: %p',
    (date) => {
      const reading = read({ startDate: date });

      expect(reading.task.rd).toEqual({});
      expect(reading.notes).toEqual([{ kind: 'unreadable-date', path: 'startDate' }]);
    },
  );

  it('that are hours nobody can read are left out with a note, and there is no contact window', () => {
    const reading = read({ acceptable_contact_time: { min_utc: 'morning', max_utc: 1630, sort: 'MST' } });

    expect(reading.task.rd).toEqual({ acceptable_contact_time_max_utc: '1630' });
    expect(reading.task.contactWindow).toBeUndefined();
    expect(reading.notes).toEqual([
      { kind: 'unreadable-hours', path: 'acceptable_contact_time.min_utc' },
      { kind: 'unreadable-hours', path: 'acceptable_contact_time.sort' },
    ]);
  });

  it('that nobody knows stay as they are in rd, and are taken from nowhere else', () => {
    const own = { list: [1, { deep: ' x ' }], big: JSON.rawJSON('9007199254740993'), text: ' x ' };
    const reading = read({ rd: { own, empty: '' }, colour: 'red' });

    expect(reading.task.rd).toEqual({
      own: { list: [1, { deep: ' x ' }], big: '9007199254740993', text: ' x ' },
    });
    expect(reading.provenance).toEqual({ 'rd.own': 'rd.own' });
  });
});

describe('the forms', () => {
  it.each([
    ['the text of an object', '{"leadId":7,"isLead":true}', []],
    ['a printed map', '{leadId=7, isLead=true}', []],
    ['a printed map that is cut off', '{leadId=7, isLead=true, json={a=', ['rdJson']],
  ])('are read from %s', (_case, rdJson, unreadableAt) => {
    const reading = read({ rdJson });

    expect(reading.task.rd).toEqual({ lead_id: 7, is_lead: true });
    expect(reading.notes.filter(({ kind }) => kind === 'unreadable-form').map(({ path }) => path)).toEqual(
      unreadableAt,
    );
  });

  it('that are neither are noted and tell nothing', () => {
    const reading = read({ rdForm: 'no form' });

    expect(reading.task.rd).toEqual({});
    expect(reading.notes).toEqual([{ kind: 'unreadable-form', path: 'rdForm' }]);
  });

  it('may hold the text of something nested deeper than anybody can read, which is left out there', () => {
    const { rd } = read({ rdJson: `{"leadId":${'['.repeat(500)}${']'.repeat(500)},"personId":7}` }).task;

    expect(rd['person_id']).toBe(7);
    // The form's keys are the third level of the attributes, and the hundredth is the last that is looked at.
    expect(JSON.stringify(rd['lead_id'])).toBe('['.repeat(98) + ']'.repeat(98));
  });
});

describe('SIDs', () => {
  it('are taken for what their prefix says, with a note where another kind was expected', () => {
    const reading = read({
      call_sid: sids.conference(1),
      conferenceSid: sids.call(2),
      channelSid: sids.conversation(3),
      parentTaskSid: sids.reservation(4),
    });

    expect(reading.task).toMatchObject({
      callSid: sids.call(2),
      conferenceSid: sids.conference(1),
      conversationSid: sids.conversation(3),
    });
    expect(reading.task.parentTaskSid).toBeUndefined();
    expect(reading.provenance).toEqual({
      callSid: 'conferenceSid',
      conferenceSid: 'call_sid',
      conversationSid: 'channelSid',
    });
    expect(reading.notes.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual([
      'wrong-sid-kind call_sid',
      'wrong-sid-kind conferenceSid',
      'wrong-sid-kind parentTaskSid',
    ]);
  });

  it('of two calls of the customer: the one in the conference counts, and the other is reported', () => {
    const reading = read({ call_sid: sids.call(1), conference: { participants: { customer: sids.call(2) } } });

    expect(reading.task.callSid).toBe(sids.call(2));
    expect(reading.conflicts).toEqual([
      { path: 'callSid', keptFrom: 'conference.participants.customer', droppedFrom: 'call_sid' },
    ]);
  });

  it('of the agent’s leg alone are no call of the task', () => {
    expect(read({ worker_call_sid: sids.call(1), name: 'outgoing' }).task.callSid).toBeUndefined();
  });

  it('that are keys of participants are calls, and their numbers the customer’s', () => {
    const participants = { customer: sids.call(1), [sids.call(1)]: '+12025550143', worker: sids.call(2) };
    const reading = read({ direction: 'outbound', conference: { participants } });

    expect(reading.task).toMatchObject({ to: '+12025550143', customer: { phone: '+12025550143' } });
    expect(reading.provenance['to']).toBe(`conference.participants.${sids.call(1)}`);
  });
});

describe('the agent whom a task is meant for', () => {
  it('is whom targetWorker names, and the dialler’s where it names nobody', () => {
    expect(read({ flexOutboundDialerTargetWorker: 'client:ada', targetWorker: '' }).task.targetWorkerUri).toBe(
      'client:ada',
    );
  });

  it('is reported where the two name different agents', () => {
    const reading = read({ targetWorker: 'client:ada', flexOutboundDialerTargetWorker: 'client:bob' });

    expect(reading.task.targetWorkerUri).toBe('client:ada');
    expect(reading.conflicts).toEqual([
      { path: 'targetWorkerUri', keptFrom: 'targetWorker', droppedFrom: 'flexOutboundDialerTargetWorker' },
    ]);
  });

  it.each(['ada', 'client:', 'client:ada example', '+12025550143'])('is nobody as %p', (targetWorker) => {
    expect(read({ targetWorker }).task.targetWorkerUri).toBeUndefined();
  });
});

describe('templates that were never rendered', () => {
  it('are found wherever they are, also inside a longer text', () => {
    const reading = read({
      customers: { name: 'Dear {{contact.name}}' },
      conversations: { media: [{ url: 'https://example.com/{{flow.sid}}' }] },
      rd: { own: '{{x}}' },
    });

    expect(reading.notes).toEqual(
      ['customers.name', 'conversations.media[0].url', 'rd.own'].map((path) => ({ kind: 'unrendered-template', path })),
    );
    expect(reading.task.rd).toEqual({});
    expect(reading.task.customer).toEqual({});
  });
});
