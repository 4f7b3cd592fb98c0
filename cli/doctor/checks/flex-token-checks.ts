import * as z from 'zod/mini';
import { archivedRecording } from './archived.ts';
import type { Check } from '../check.ts';
import { failed, ok, skipped, warning } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { Patient } from '../patient/patient.ts';
import { twilioFlexTokens } from '../../../lambdas/shared/adapters/twilio/flex-tokens.ts';
import { jsonOf } from '../../../lambdas/shared/messages/json-text.ts';
import type { FlexPlayerSettings } from '../../../lib/flex-player-settings.ts';

/**
 * Beside what a browser sends of its own, API Gateway's 10,240 bytes of request line and header values leave room for so
 * many characters of token, in base64. (docs/playback.md, Large headers)
 */
const longestToken = 7_000;

/**
 * The whole way of the player of Flex Insights, with a token that somebody took from their browser. Without one nothing
 * has been seen to be wrong, and a token lives for hours only: so a stage that writes media gets a warning and no failure,
 * and doctor stays something that a machine can run every day.
 */
const flexToken: Check = {
  name: 'Flex token',
  area: 'playback',
  async run(patient) {
    const { stage, flexToken: token } = patient;
    const writesMedia = stage.linkMode === 'media' || stage.linkMode === 'both';
    if (token === undefined)
      return writesMedia
        ? warning(
            `not tried in this run, and linkMode is ${stage.linkMode}`,
            'repeat with --flex-token <file> (docs/doctor.md says where to take one)',
          )
        : skipped('try it with --flex-token <file> before linkMode becomes media or both');
    if (token.length > longestToken)
      return failed(
        `the token has ${token.length} characters; about ${longestToken} is the most that API Gateway's 10,240 bytes of headers take`,
        'keep linkMode segment-link: the player would see a network error',
      );
    if (stage.flexPlayer === undefined)
      return failed(
        'the stage has no flexPlayer: no token opens anything',
        'set it in lib/stages.ts (docs/playback.md)',
      );
    return roundTrip(patient, stage.flexPlayer, token);
  },
};

async function roundTrip(patient: Patient, player: FlexPlayerSettings, token: string): Promise<Finding> {
  const length = `the token has ${token.length} characters, of about ${longestToken} that API Gateway's 10,240 bytes of headers take`;
  await patient.secret();
  const checked = await twilioFlexTokens(patient.twilioClient, patient.accountSid).check(token);
  if (checked.kind === 'invalid')
    return failed(`${length}; Twilio says that it is not good`, 'take a new one: it ends when its user logs out');
  if (!checked.user.roles.some((role) => player.roles.includes(role)))
    return failed(
      `${length}; its user is ${checked.user.roles.join(', ')}, and flexPlayer.roles has none of that`,
      'take a token of a supervisor, or add the role',
    );
  const archived = await archivedRecording(patient);
  if (archived === undefined)
    return warning(
      `${length}; it is good, and no recording was archived in the last three days to play with it`,
      'repeat after a recorded call',
    );
  return plays(patient, { token, origin: player.origins[0] ?? '', recordingSid: archived.recordingSid, length });
}

const played = z.object({ media_url: z.url() });

async function plays(
  { ask, publicUrl }: Patient,
  of: { readonly token: string; readonly origin: string; readonly recordingSid: string; readonly length: string },
): Promise<Finding> {
  const { recordingSid, length } = of;
  const authorization = `Basic ${Buffer.from(`token:${of.token}`).toString('base64')}`;
  const answer = await ask({
    ...{ method: 'GET', url: `${publicUrl()}/r/${recordingSid}` },
    headers: { Authorization: authorization, Origin: of.origin },
  });
  const { data } = played.safeParse(jsonOf(answer.body));
  if (answer.status !== 200 || data === undefined)
    return failed(
      `${length}; ${recordingSid} is answered with ${answer.status}`,
      'see the table of answers in docs/playback.md',
    );
  if (answer.headers.get('Access-Control-Allow-Origin') !== of.origin)
    return failed(`${length}; the answer does not allow ${of.origin} to read it`, 'deploy the pipeline stack again');
  const sound = await ask({ method: 'GET', url: data.media_url, headers: { Range: 'bytes=0-0' }, readsBody: false });
  return sound.status === 206 || sound.status === 200
    ? ok(`${length}; ${recordingSid} plays with it`)
    : failed(
        `${length}; the sound of ${recordingSid} is answered with ${sound.status}`,
        'look into the bucket policy and the right of play-recording to read',
      );
}

export const flexTokenChecks: readonly Check[] = [flexToken];
