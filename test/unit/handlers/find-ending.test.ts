import { findEnding } from '../../../lambdas/enrich-task/find-ending.ts';
import type { ConferenceRecord } from '../../../lambdas/shared/domain/conference-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import {
  adasCall,
  adasPart,
  adasTask,
  customerCall,
  participant,
  told,
  transferredTask,
  words,
} from '../../support/endings.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryConferenceRecords, inMemoryConferences } from '../../support/fakes/in-memory-conferences.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

const hungUpByCustomer = {
  status: 'completed',
  reasonEnded: 'participant-with-end-conference-on-exit-left',
  callSidEnding: customerCall,
};

function world() {
  const conferences = inMemoryConferences(sids.account());
  const conferenceRecords = inMemoryConferenceRecords();
  return {
    conferences,
    hear: (record: ConferenceRecord) => conferenceRecords.saveConference({ ...record, version: 0 }),
    find: (task: TaskRecord) => findEnding({ conferences, conferenceRecords }, task, adasPart, words),
  };
}

describe('the ending of an agent’s part', () => {
  it('is found by one look at the conference', async () => {
    const { conferences, find } = world();
    conferences.put({ conferenceSid: sids.conference(), ...hungUpByCustomer });

    expect(await find(adasTask('10:04:00'))).toEqual({ hangUpBy: 'Customer' });
    expect(conferences.asked).toEqual([sids.conference()]);
  });

  it('is found by what the callbacks told, also when Twilio no longer has the conference', async () => {
    const { hear, find } = world();
    await hear(
      told([
        participant(customerCall, 'customer', ['10:00:00', 1]),
        participant(adasCall, 'worker', ['10:00:01', 2], ['10:04:00', 3]),
      ]),
    );

    expect(await find(adasTask('10:04:00'))).toEqual({ hangUpBy: 'Agent' });
  });

  it('is found without a conference where the agent passed the call on', async () => {
    const { conferences, find } = world();
    const task = { ...transferredTask('COLD', { ada: '10:02:01' }), conferenceSids: [] };

    expect(await find(task)).toEqual({ hangUpBy: 'Cold Transfer', followedBy: 'Cold Transfer' });
    expect(conferences.asked).toEqual([]);
  });

  it('is not looked for where no agent had part', async () => {
    const { conferences, find } = world();

    expect(await find(exampleTask({ conferenceSids: [sids.conference()] }))).toBeUndefined();
    expect(conferences.asked).toEqual([]);
  });

  it('is looked for in one of several conferences only where the callbacks saw the customer in that one', async () => {
    const { conferences, hear, find } = world();
    conferences.put({ conferenceSid: sids.conference(2), ...hungUpByCustomer });
    const task = adasTask('10:04:00', { conferenceSids: [sids.conference(1), sids.conference(2)] });

    expect(await find(task)).toBeUndefined();
    expect(conferences.asked).toEqual([]);

    await hear({
      ...told([participant(customerCall, 'customer', ['10:00:00', 1])]),
      conferenceSid: sids.conference(2),
    });

    expect(await find(task)).toEqual({ hangUpBy: 'Customer' });
    expect(conferences.asked).toEqual([sids.conference(2)]);
  });
});
