import { archiveRecording, readArchiveRecordingMessage } from '../../lambdas/archive-recording/handler.ts';
import { calabrioStatus, readCalabrioStatusMessage } from '../../lambdas/calabrio-status/handler.ts';
import { enrichTask, readEnrichTaskMessage } from '../../lambdas/enrich-task/handler.ts';
import { calabrioProveContactStatus } from '../../lambdas/shared/adapters/calabrio/prove-contact-status.ts';
import { calabrioToken, contactStatusEnvelope, statusBody } from '../support/contact-statuses.ts';
import { examplePolicy } from '../support/example-policy.ts';
import { sids } from '../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../support/ledger/example-records.ts';
import type { InMemoryLedger } from '../support/ledger/in-memory-ledger.ts';
import { memorySecret } from '../support/runtime/memory-secret.ts';
import { at, contextOf, envelope, startWorld } from '../unit/handlers/world.ts';

function startPlace() {
  const proveContactStatus = calabrioProveContactStatus(memorySecret({ webhookTokens: { current: calabrioToken } }));
  return { ...startWorld(), policy: examplePolicy(), proveContactStatus };
}
type Place = ReturnType<typeof startPlace>;

/** One message's handling, on the ledger that it is given. */
type Work = (place: Place, ledger: InMemoryLedger) => Promise<unknown>;

const on = (place: Place, ledger: InMemoryLedger) => ({
  ...place,
  ledger,
  inbox: ledger,
  erasures: ledger.erasures,
});

/** Calabrio speaks of the customer's call. */
const status: Work = (place, ledger) => {
  const body = statusBody({ sessionId: sids.call(2), legId: '' });
  const message = readCalabrioStatusMessage(contactStatusEnvelope(body, at('10:30:00')));
  return calabrioStatus(on(place, ledger))(message, contextOf('m-status'));
};

/** The task is heard of for the first time, and that the call is its. */
const taskEvent: Work = (place, ledger) => {
  const form = new URLSearchParams({
    Sid: sids.event(),
    EventType: 'task.created',
    AccountSid: sids.account(),
    WorkspaceSid: sids.workspace(),
    TimestampMs: String(at('10:00:00').getTime()),
    TaskSid: sids.task(),
    TaskAttributes: JSON.stringify({ call_sid: sids.call(2), conference: { sid: sids.conference() } }),
  });
  const message = readEnrichTaskMessage(envelope('twilio/task-events', form.toString()));
  return enrichTask(on(place, ledger))(message, contextOf('m-event'));
};

/** The recording is heard of for the first time. */
const recordingCallback: Work = (place, ledger) => {
  const form = new URLSearchParams({
    AccountSid: sids.account(),
    RecordingSid: sids.recording(),
    ConferenceSid: sids.conference(),
    RecordingStatus: 'in-progress',
  });
  const message = readArchiveRecordingMessage(envelope('twilio/recording-events', form.toString()));
  return archiveRecording(on(place, ledger))(message, contextOf('m-callback'));
};

/** A place where the recording is known and its task is not. */
async function withoutTask(): Promise<Place> {
  const place = startPlace();
  await place.ledger.saveRecording(
    exampleRecording({ source: { status: 'completed', conferenceSid: sids.conference() } }),
  );
  await place.ledger.addAliases([sids.conference()], sids.recording());
  return place;
}

/** A place where the task is known and its recording is not. */
async function withoutRecording(): Promise<Place> {
  const place = startPlace();
  const ids = { callSids: [sids.call(2)], conferenceSids: [sids.conference()] };
  await place.ledger.saveTask(exampleTask({ ...ids, channel: 'voice' }));
  await place.ledger.addAliases([sids.task(), ...ids.callSids, ...ids.conferenceSids], sids.task());
  return place;
}

/** The same ledger; before call number `call` of it, `intrude` is done to its end. `count` says how many calls there were. */
function interrupted(ledger: InMemoryLedger, call: number, intrude: () => Promise<unknown>) {
  let calls = 0;
  const watched = new Proxy(ledger, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        calls += 1;
        if (calls === call) await intrude();
        return Reflect.apply(method, target, args);
      };
    },
  });
  return { watched, count: () => calls };
}

/** What waits for a match is matched, as its messages say. */
async function matchWhatWasWoken(place: Place): Promise<void> {
  for (const message of place.queues.sentTo('internal/match-contact-status'))
    await calabrioStatus(place)(readCalabrioStatusMessage(JSON.stringify(message)), contextOf('m-woken'));
}

describe.each([
  ['a status by the event that makes its task known', withoutTask, status, taskEvent],
  ['the event that makes a task known by its status', withoutTask, taskEvent, status],
  ['a status by the callback that makes its recording known', withoutRecording, status, recordingCallback],
  ['the callback that makes a recording known by its status', withoutRecording, recordingCallback, status],
])('interrupting %s', (_what, place, first, second) => {
  it('loses the status at no point', async () => {
    const quiet = await place();
    const { watched, count } = interrupted(quiet.ledger, 0, async () => undefined);
    await first(quiet, watched);
    const points = count();
    const lost: number[] = [];

    for (let call = 1; call <= points + 1; call += 1) {
      const here = await place();
      const interruption = interrupted(here.ledger, call, () => second(here, here.ledger));
      await first(here, interruption.watched);
      if (interruption.count() < call) await second(here, here.ledger);
      await matchWhatWasWoken(here);
      const recording = await here.recording();
      if (recording.contacts.length !== 1) lost.push(call);
    }

    expect(points).toBeGreaterThanOrEqual(2);
    expect(lost).toEqual([]);
  });
});
