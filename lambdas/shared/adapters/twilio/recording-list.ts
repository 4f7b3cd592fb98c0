import * as z from 'zod/mini';
import type { AccountSid } from '../../domain/sids.ts';
import type { RecordingList, RecordingPage } from '../../ports/recording-list.ts';
import { nextQuery } from './next-page.ts';
import { recordingOf, recordingResource } from './recording-resource.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { readJson } from './twilio-failures.ts';
import { timeOf } from './twilio-fields.ts';

/** A page of a thousand takes longer than one resource. */
const TIMEOUT_SECONDS = 30;
/** "The default is 50, and the maximum is 1000." */
const PAGE_SIZE = 1000;
const DAY_MS = 86_400_000;

const listedPage = z.object({
  recordings: z.array(z.extend(recordingResource, { date_created: timeOf })),
  next_page_uri: z.nullish(z.string()),
});

/**
 * The recordings of an account by the day on which they were made, by Twilio's 2010-04-01 REST API.
 *
 * The filter knows days in GMT: `DateCreated>=YYYY-MM-DD` is on or after midnight of that day, and `DateCreated<=` on or
 * before midnight of its day; whichever midnight is meant, the day after the last one wanted holds all of that.
 * (https://www.twilio.com/docs/voice/api/recording#read-multiple-recording-resources, read 2026-11)
 */
export function twilioRecordingList(client: TwilioClient): RecordingList {
  return {
    async page(account, { from, to, alsoDeleted, page }) {
      const query = page === undefined ? firstQuery(from, to, alsoDeleted) : new URLSearchParams(page);
      const request = requestOf(account, query);
      const { recordings, next_page_uri: next } = readJson(request, listedPage, (await client.send(request)).body);
      const wanted = recordings.filter(({ date_created: madeAt }) => madeAt >= from && madeAt < to);
      return pageOf(wanted.map(recordingOf), nextQuery({ next_page_url: next })?.toString());
    },
  };
}

function pageOf(recordings: RecordingPage['recordings'], nextPage: string | undefined): RecordingPage {
  return { recordings, ...(nextPage !== undefined && { nextPage }) };
}

function firstQuery(from: Date, to: Date, alsoDeleted: boolean): URLSearchParams {
  // What was made at `to` is not wanted any more, so at midnight `to` is no day of its own.
  const lastMoment = new Date(Math.max(from.getTime(), to.getTime() - 1));
  return new URLSearchParams({
    'DateCreated>': dayOf(from),
    'DateCreated<': dayOf(new Date(lastMoment.getTime() + DAY_MS)),
    ...(alsoDeleted && { IncludeSoftDeleted: 'true' }),
    PageSize: String(PAGE_SIZE),
  });
}

function requestOf(account: AccountSid, query: URLSearchParams): TwilioRequest {
  const url = new URL(`https://api.twilio.com/2010-04-01/Accounts/${account}/Recordings.json?${query.toString()}`);
  return { method: 'GET', url, timeoutSeconds: TIMEOUT_SECONDS, expects: [] };
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
