import { conferenceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';
import { rfc2822 } from '../rfc-2822.ts';
import type { Conference, Participant } from '../state/records.ts';
import { endsOnExit } from '../state/conference-life.ts';
import type { World } from '../state/world.ts';
import { notFound } from './answers.ts';
import { pageAnswer } from './paging.ts';
import type { Route } from './route.ts';

/** A conference, and who is in it; those who left are no longer listed. */
export function conferenceRoutes(world: World): readonly Route[] {
  const account = `^/2010-04-01/Accounts/${world.accountSid}`;
  const find = (sid: string): Conference | undefined => world.conferences.get(conferenceSid(sid));
  return [
    {
      method: 'GET',
      path: new RegExp(`${account}/Conferences/(CF[0-9a-f]{32})\\.json$`),
      handle(request, [sid = '']) {
        const conference = find(sid);
        if (conference === undefined) return notFound(request.path);
        return { kind: 'json', status: 200, json: conferenceResource(world, conference) };
      },
    },
    {
      method: 'GET',
      path: new RegExp(`${account}/Conferences/(CF[0-9a-f]{32})/Participants\\.json$`),
      handle(request, [sid = '']) {
        const conference = find(sid);
        if (conference === undefined) return notFound(request.path);
        const present = conference.participants.filter((participant) => participant.present);
        return pageAnswer(
          request,
          'participants',
          present.map((participant) => participantResource(world, conference, participant)),
        );
      },
    },
  ];
}

function conferenceResource(world: World, conference: Conference): JsonObject {
  const uri = `/2010-04-01/Accounts/${world.accountSid}/Conferences/${conference.sid}`;
  return {
    account_sid: world.accountSid,
    api_version: '2010-04-01',
    date_created: rfc2822(conference.createdAtMs),
    date_updated: rfc2822(conference.updatedAtMs),
    friendly_name: conference.taskSid,
    region: 'us1',
    sid: conference.sid,
    status: conference.status,
    reason_conference_ended: conference.reasonEnded ?? null,
    call_sid_ending_conference: conference.callSidEnding ?? null,
    uri: `${uri}.json`,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
  };
}

function participantResource(world: World, conference: Conference, participant: Participant): JsonObject {
  const conferenceUri = `/2010-04-01/Accounts/${world.accountSid}/Conferences/${conference.sid}`;
  return {
    account_sid: world.accountSid,
    call_sid: participant.callSid,
    conference_sid: conference.sid,
    label: participant.role,
    date_created: rfc2822(participant.joinedAtMs),
    date_updated: rfc2822(participant.joinedAtMs),
    coaching: false,
    call_sid_to_coach: null,
    end_conference_on_exit: endsOnExit(conference, participant),
    start_conference_on_enter: true,
    hold: false,
    muted: false,
    status: 'connected',
    queue_time: '0',
    uri: `${conferenceUri}/Participants/${participant.callSid}.json`,
  };
}
