import { isDoctors } from '../../doctor/patient/doctors-tests.ts';
import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { SectionNeeds } from '../section-needs.ts';
import { TwilioSaidNoError } from '../twilio-said-no-error.ts';
import { sinksUrl } from './sinks.ts';

type Needs = Pick<SectionNeeds<unknown>, 'account' | 'typed' | 'pause' | 'tell'>;

const lookEverySeconds = 2;
const waitSeconds = 60;

/**
 * Sends a test event through the sink, waits until the pipeline has it, and tells Twilio its id, which makes the sink
 * active. Of two tests the later one counts, so nobody waits for an earlier one.
 * (https://www.twilio.com/docs/events/event-streams/sink-resource/test, read 2026-11)
 *
 * Twilio's page on `Validate` says that every sink is active from the beginning, and that the answer is "valid" always
 * (…/sink-resource/validate, read 2026-11). Then nobody says whose test it was that arrived, and what is shown is that
 * the pipeline had one which Twilio signed: doctor's own, which Twilio did not send, are never taken for it.
 *
 * @throws {CannotBeMadeError} where no pipeline is connected that knows the id, once the test is sent; and when it had
 *   nothing within a minute.
 */
export async function proveSink(has: Needs, sinkSid: string, destination: string): Promise<void> {
  const { account, typed } = has;
  const testId = typed.texts.get('test-id');
  if (testId !== undefined) return validate(has, sinkSid, testId);
  const controls = account.pipeline?.controls;
  const readIds = async (): Promise<readonly string[]> =>
    ((await controls?.readSinkTests())?.tests ?? []).filter((test) => !isDoctors(test)).map((test) => test.testId);
  const before = await readIds();
  await account.rest.create(`${sinksUrl}/${sinkSid}/Test`, { form: {} });
  if (controls === undefined) throw new CannotBeMadeError(notKnown(sinkSid, destination));
  await validateFirst(has, { sinkSid, destination, before, readIds });
}

/** Somebody else's test may arrive meanwhile: where Twilio validates at all, it says of which it is not. */
async function validateFirst(
  has: Needs,
  of: {
    readonly sinkSid: string;
    readonly destination: string;
    readonly before: readonly string[];
    readonly readIds: () => Promise<readonly string[]>;
  },
): Promise<void> {
  const tried = new Set(of.before);
  for (let waited = 0; waited <= waitSeconds; waited += lookEverySeconds) {
    if (waited > 0) {
      has.tell(`waiting for the test event of ${of.sinkSid}: ${waited} s`);
      await has.pause(lookEverySeconds);
    }
    for (const testId of (await of.readIds()).filter((id) => !tried.has(id))) {
      tried.add(testId);
      if (await isValid(has, of.sinkSid, testId)) return;
    }
  }
  throw new CannotBeMadeError(
    `the test event that Twilio sent to ${of.destination} did not arrive within ${waitSeconds} s: is the stage deployed, does its URL lead there, and is the account's auth token in its secret? Twilio tells what it met in the Console, Monitor > Errors. The sink ${of.sinkSid} stays; apply again`,
  );
}

async function isValid(has: Needs, sinkSid: string, testId: string): Promise<boolean> {
  try {
    await validate(has, sinkSid, testId);
    return true;
  } catch (error) {
    if (error instanceof TwilioSaidNoError && error.status === 400) return false;
    throw error;
  }
}

async function validate({ account }: Needs, sinkSid: string, testId: string): Promise<void> {
  await account.rest.create(`${sinksUrl}/${sinkSid}/Validate`, { form: { TestId: testId } });
}

function notKnown(sinkSid: string, destination: string): string {
  return `Twilio has sent a test event of sink ${sinkSid} to ${destination}, and wants its id back: name the pipeline that has received it, with --stage or --data, and apply again; or read the id where the pipeline keeps it (the ledger's item CONTROL#sink-tests) and give it with --test-id`;
}
