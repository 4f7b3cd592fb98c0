import { createHash, createHmac } from 'node:crypto';
import type { Answer } from './ask.ts';
import { doctorsTestId } from './doctors-tests.ts';
import { CannotLookError } from '../finding.ts';
import type { Patient } from './patient.ts';
import type { EndOfTest, Probed } from './probed.ts';
import type { SinkTest } from '../../../lambdas/shared/domain/sink-tests.ts';

/** A probe may take so long from the gateway to the ledger; a function may have to be started for it. */
const patienceSeconds = 60;
/** The quarantine has had something meanwhile: so long the test is waited for nevertheless. */
const afterQuarantineSeconds = 10;

/**
 * Sends an Event Streams test event of our own, signed with the current token of the secret, and waits until it comes out
 * of the far end. Its id holds `é😀`: two and four bytes of UTF-8, of which a wrong turn on the way makes something else,
 * and then neither the hash nor the id is right.
 */
export async function sendProbe(patient: Patient, contentType: string): Promise<Probed> {
  const { connection, publicUrl, newId, ask } = patient;
  const testId = doctorsTestId(newId());
  const event = {
    ...{ specversion: '1.0', type: 'flex-task-pipeline.doctor.probe', source: 'doctor', id: testId },
    ...{ time: connection.now().toISOString(), datacontenttype: 'application/json', data: { test_id: testId } },
  };
  const body = JSON.stringify([event]);
  const url = `${publicUrl()}/twilio/event-streams?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
  const headers = { 'Content-Type': contentType, 'X-Twilio-Signature': signature(await signingToken(patient), url) };
  const before = await connection.installation.putAside('quarantine');
  const answer = await ask({ method: 'POST', url, headers, body });
  if (answer.status < 200 || answer.status > 299) return { answer, end: { kind: 'refused' } };
  return { answer, end: await endOf(patient, before, (test) => test.testId === testId) };
}

/**
 * Waits for a test event that was proved; looks once a second, and goes on for a while when something was put into
 * quarantine: it may have been somebody else's.
 */
export async function endOf(
  { connection: { controls, installation }, pause }: Patient,
  quarantinedBefore: number,
  isWanted: (test: SinkTest) => boolean,
): Promise<EndOfTest> {
  let lastSecond = patienceSeconds;
  for (let second = 0; second <= lastSecond; second += 1) {
    const test = (await controls.readSinkTests())?.tests.find(isWanted);
    if (test !== undefined) return { kind: 'proved', test };
    const isPutAside = lastSecond < patienceSeconds || (await installation.putAside('quarantine')) > quarantinedBefore;
    if (isPutAside) lastSecond = Math.min(lastSecond, second + afterQuarantineSeconds);
    await pause(1);
  }
  return { kind: lastSecond < patienceSeconds ? 'put-aside' : 'not-come' };
}

/** A form that is signed as Twilio signs it, and that names an event which is none. */
export async function sendFormProbe(patient: Patient): Promise<Answer> {
  const { publicUrl, ask, accountSid, stage, newId } = patient;
  const fields = [
    ['AccountSid', accountSid],
    ['EventDescription', 'é😀'],
    ['EventType', 'doctor.probe'],
    ['ResourceSid', `doctor-${newId()}`],
    ['WorkspaceSid', stage.twilio.workspaceSid],
  ] as const;
  const url = `${publicUrl()}/twilio/task-events`;
  const signed = `${url}${fields.map(([name, value]) => `${name}${value}`).join('')}`;
  return ask({
    ...{ method: 'POST', url },
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'X-Twilio-Signature': signature(await signingToken(patient), signed),
    },
    body: new URLSearchParams(Object.fromEntries(fields)).toString(),
  });
}

async function signingToken({ secret, accountSid }: Patient): Promise<string> {
  const token = (await secret()).authTokens[accountSid]?.current;
  if (token === undefined) throw new CannotLookError(`the secret has no auth token of ${accountSid} to sign with`);
  return token;
}

/** HMAC-SHA1 over the URL, in base64. (https://www.twilio.com/docs/usage/webhooks/webhooks-security, read 2026-11) */
function signature(authToken: string, text: string): string {
  return createHmac('sha1', authToken).update(text).digest('base64');
}
