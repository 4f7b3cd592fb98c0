import * as z from 'zod/mini';
import { pruneProblems } from '../prune-typed.ts';
import { resourceAs } from '../resource-as.ts';
import type { SectionNeeds } from '../section-needs.ts';
import type { TwilioRest } from '../twilio-rest.ts';
import { changedMeanwhile, planOneUrl } from './one-url.ts';
import type { OneUrlPlan } from './one-url.ts';
import type { PipelineUrls } from './pipeline-urls.ts';

type Needs = Pick<SectionNeeds<unknown>, 'account' | 'typed' | 'prune'>;

/** One for the account. (https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api, read 2026-11) */
const url = 'https://flex-api.twilio.com/v1/Configuration';
const property = 'call_recording_webhook_url';

const configurationSchema = z.object({
  flex_instance_sid: z.nullish(z.string()),
  [property]: z.nullish(z.string()),
});

/** What Flex has; undefined where the account has no Flex. */
export async function readFlexWebhook(
  rest: TwilioRest,
): Promise<{ readonly sid: string; readonly webhook: string | undefined } | undefined> {
  const fetched = await rest.fetch(url);
  if (fetched === undefined) return undefined;
  const read = resourceAs(configurationSchema, fetched.resource, url);
  return { sid: read.flex_instance_sid ?? '', webhook: read[property] || undefined };
}

/** Where Flex tells of the recordings that it makes itself. */
export async function planFlexWebhook(has: Needs, urls: PipelineUrls, isWanted: boolean): Promise<OneUrlPlan> {
  const there = await readFlexWebhook(has.account.rest);
  if (there === undefined)
    return {
      ...noFlex,
      ...(!isWanted && { warnings: [] }),
      problems: pruneProblems(has.prune, 'flex-recording-webhook', []),
    };
  return planOneUrl(
    { ...has, urls },
    {
      kind: 'flex-recording-webhook',
      name: property,
      sid: there.sid,
      current: there.webhook,
      wanted: isWanted ? urls.recordingEvents : undefined,
      besides: [],
      write: (webhook) => write(has, there.webhook, webhook),
    },
  );
}

const noFlex: OneUrlPlan = {
  changes: [],
  unmanaged: [],
  foreign: [],
  warnings: [
    'the account has no Flex configuration, so no recording webhook of Flex can be set: take flexRecordingWebhook away',
  ],
};

/** Properties that are not sent stay as they are. */
async function write({ account }: Needs, planned: string | undefined, webhook: string | undefined): Promise<void> {
  if ((await readFlexWebhook(account.rest))?.webhook !== planned) throw changedMeanwhile(property);
  await account.rest.update(url, { json: { account_sid: account.accountSid, [property]: webhook ?? '' } });
}
