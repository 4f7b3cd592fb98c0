import type { AccountSid, RecordingSid } from '../../domain/sids.ts';
import type { DeletedRecording, FetchedRecording, RecordingResource, Recordings } from '../../ports/recordings.ts';
import { openCiphertext, openMedia } from './recording-media.ts';
import { recordingOf, recordingPage, recordingResource } from './recording-resource.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { errorCodeOf, noForGood, readJson, unreadable } from './twilio-failures.ts';

const TIMEOUT_SECONDS = 10;
/** No call has a hundred recordings, so one page is all there is; more pages than this are a circle. */
const PAGE_SIZE = 100;
const MOST_PAGES = 50;

/** The recordings of an account, by Twilio's 2010-04-01 REST API. */
export function twilioRecordings(client: TwilioClient): Recordings {
  return {
    fetch: (account, sid) => fetchRecording(client, account, sid, {}),
    fetchAlsoDeleted: (account, sid) => fetchRecording(client, account, sid, { IncludeSoftDeleted: 'true' }),
    deleteRecording: (account, sid) => deleteRecording(client, account, sid),
    listOfConference: (account, conferenceSid) => list(client, account, { ConferenceSid: conferenceSid }),
    listOfCall: (account, callSid) => list(client, account, { CallSid: callSid }),
    openCiphertext: (account, sid, channels) => openCiphertext(client, `${recordingsOf(account)}/${sid}`, channels),
    openMedia: (account, sid, channels) => openMedia(client, `${recordingsOf(account)}/${sid}.wav`, channels),
  };
}

function recordingsOf(account: AccountSid): string {
  return `https://api.twilio.com/2010-04-01/Accounts/${account}/Recordings`;
}

async function fetchRecording(
  client: TwilioClient,
  account: AccountSid,
  sid: RecordingSid,
  query: Readonly<Record<string, string>>,
): Promise<FetchedRecording> {
  const request = get(`${recordingsOf(account)}/${sid}.json`, query, [404]);
  const answer = await client.send(request);
  if (answer.status === 404) return { kind: 'gone' };
  return { kind: 'recording', recording: recordingOf(readJson(request, recordingResource, answer.body)) };
}

/**
 * Deletes the media for good; Twilio answers 204, keeps the metadata for 40 days, and has 404 for what it no longer has.
 * "Only completed recordings can be deleted." (https://www.twilio.com/docs/voice/api/recording, read 2026-11)
 */
async function deleteRecording(
  client: TwilioClient,
  account: AccountSid,
  sid: RecordingSid,
): Promise<DeletedRecording> {
  const answer = await client.send({
    method: 'DELETE',
    url: new URL(`${recordingsOf(account)}/${sid}.json`),
    timeoutSeconds: TIMEOUT_SECONDS,
    expects: [404, ...noForGood],
  });
  if (answer.status === 404) return { kind: 'gone' };
  if (!noForGood.includes(answer.status)) return { kind: 'deleted' };
  const code = errorCodeOf(answer.body);
  return { kind: 'refused', status: answer.status, ...(code !== undefined && { code }) };
}

function get(address: string, query: Readonly<Record<string, string>>, expects: readonly number[]): TwilioRequest {
  const url = new URL(`${address}?${new URLSearchParams(query).toString()}`);
  return { method: 'GET', url, timeoutSeconds: TIMEOUT_SECONDS, expects };
}

async function list(
  client: TwilioClient,
  account: AccountSid,
  filter: Readonly<Record<string, string>>,
): Promise<readonly RecordingResource[]> {
  const found: RecordingResource[] = [];
  let query: Readonly<Record<string, string>> | undefined = { ...filter, PageSize: String(PAGE_SIZE) };
  for (let pageCount = 1; query !== undefined; pageCount += 1) {
    const request = get(`${recordingsOf(account)}.json`, query, []);
    if (pageCount > MOST_PAGES) throw unreadable(request, `it has more than ${MOST_PAGES} pages`);
    const page = readJson(request, recordingPage, (await client.send(request)).body);
    found.push(...page.recordings.map(recordingOf));
    query = nextQuery(page.next_page_uri);
  }
  return found;
}

/** Of Twilio's next page only the query is believed; where it lies we know. Undefined after the last page. */
function nextQuery(nextPageUri: string | null | undefined): Readonly<Record<string, string>> | undefined {
  if (nextPageUri === null || nextPageUri === undefined || nextPageUri === '') return undefined;
  return Object.fromEntries(new URLSearchParams(nextPageUri.split('?')[1]));
}
