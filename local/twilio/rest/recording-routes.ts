import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';
import { rfc2822 } from '../rfc-2822.ts';
import { encryptionDetails } from '../state/recording-seal.ts';
import type { Recording } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, type Answer } from './answers.ts';
import { createdFilter } from './date-filter.ts';
import { pageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

/** Recordings as resources: one, all, a call's, a conference's. The media has a route of its own. */
export function recordingRoutes(world: World): readonly Route[] {
  const account = `^/2010-04-01/Accounts/${world.accountSid}`;
  const one = new RegExp(`${account}/Recordings/(RE[0-9a-f]{32})\\.json$`);
  return [
    { method: 'GET', path: one, handle: (request, [sid = '']) => fetchRecording(world, request, sid) },
    { method: 'DELETE', path: one, handle: (request, [sid = '']) => deleteRecording(world, request, sid) },
    {
      method: 'GET',
      path: new RegExp(`${account}/Recordings\\.json$`),
      handle: (request) => {
        const of = { call: request.query.get('CallSid'), conference: request.query.get('ConferenceSid') };
        return listRecordings(world, request, of, recordingResource);
      },
    },
    {
      method: 'GET',
      path: new RegExp(`${account}/Calls/(CA[0-9a-f]{32})/Recordings\\.json$`),
      handle: (request, [sid = '']) => listRecordings(world, request, { call: sid, conference: null }, callsRecording),
    },
    {
      method: 'GET',
      path: new RegExp(`${account}/Conferences/(CF[0-9a-f]{32})/Recordings\\.json$`),
      handle: (request, [sid = '']) => listRecordings(world, request, { call: null, conference: sid }, partOfRecording),
    },
  ];
}

/** "Recordings metadata are kept after deletion for a retention period of 40 days." (docs/voice/api/recording, read 2026-11) */
const KEPT_AFTER_DELETION_MS = 40 * 86_400_000;

function isShown(world: World, request: RestRequest, { status, updatedAtMs }: Recording): boolean {
  if (status !== 'deleted') return true;
  return request.query.get('IncludeSoftDeleted') === 'true' && world.clock.now() < updatedAtMs + KEPT_AFTER_DELETION_MS;
}

function fetchRecording(world: World, request: RestRequest, sid: string): Answer {
  const recording = world.recordings.get(recordingSid(sid));
  if (recording === undefined || !isShown(world, request, recording)) return notFound(request.path);
  return { kind: 'json', status: 200, json: recordingResource(world, recording) };
}

/** "Only completed recordings can be deleted"; metadata stays, the media does not (docs/voice/api/recording, read 2026-11). */
function deleteRecording(world: World, request: RestRequest, sid: string): Answer {
  const recording = world.recordings.get(recordingSid(sid));
  if (recording === undefined || recording.status === 'deleted') return notFound(request.path);
  if (recording.status !== 'completed') return badRequest(`Cannot delete a recording that is ${recording.status}`);
  recording.status = 'deleted';
  recording.updatedAtMs = world.clock.now();
  return { kind: 'empty', status: 204 };
}

/** Newest first, as Twilio lists. */
function listRecordings(
  world: World,
  request: RestRequest,
  { call, conference }: { readonly call: string | null; readonly conference: string | null },
  resource: (world: World, recording: Recording) => JsonObject,
): Answer {
  const created = createdFilter(request.query);
  if (created === undefined) return badRequest('DateCreated must be YYYY-MM-DD or an ISO 8601 date-time');
  const found = [...world.recordings.values()]
    .filter((recording) => call === null || recording.callSid === call)
    .filter((recording) => conference === null || recording.conferenceSid === conference)
    .filter((recording) => isShown(world, request, recording))
    .filter((recording) => created(recording.startedAtMs))
    .sort((one, other) => other.startedAtMs - one.startedAtMs);
  return pageAnswer(
    request,
    'recordings',
    found.map((recording) => resource(world, recording)),
  );
}

/** Below a call and a conference Twilio says less of a recording, and below a call whose sound it is. */
const callsRecording = (world: World, recording: Recording): JsonObject => ({
  ...partOfRecording(world, recording),
  track: 'both',
});

function recordingResource(world: World, recording: Recording): JsonObject {
  const uri = uriOf(world, recording);
  return {
    ...partOfRecording(world, recording),
    media_url: `https://api.twilio.com${uri}`,
    subresource_uris: {
      add_on_results: `${uri}/AddOnResults.json`,
      transcriptions: `${uri}/Transcriptions.json`,
    },
  };
}

const uriOf = (world: World, { sid }: Recording): string =>
  `/2010-04-01/Accounts/${world.accountSid}/Recordings/${sid}`;

function partOfRecording(world: World, recording: Recording): JsonObject {
  return {
    account_sid: world.accountSid,
    api_version: '2010-04-01',
    call_sid: recording.callSid ?? null,
    conference_sid: recording.conferenceSid ?? null,
    channels: recording.channels,
    date_created: rfc2822(recording.startedAtMs),
    date_updated: rfc2822(recording.updatedAtMs),
    start_time: rfc2822(recording.startedAtMs),
    duration: recording.durationSeconds === undefined ? null : String(recording.durationSeconds),
    sid: recording.sid,
    price: null,
    price_unit: 'USD',
    status: recording.status,
    source: recording.source,
    error_code: recording.errorCode === undefined ? null : Number(recording.errorCode),
    encryption_details: recording.seal === undefined ? null : encryptionDetails(recording.seal),
    uri: `${uriOf(world, recording)}.json`,
  };
}
