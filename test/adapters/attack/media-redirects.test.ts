import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { describeError } from '../../../lambdas/shared/runtime/describe-error.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from '../twilio/api-keys.ts';

/** Redirects the media to `location`, and tells what becomes of asking for it. */
async function redirected(location: string, servers: HttpAnswers[]): Promise<{ failure: unknown; asked: number }> {
  const twilio = await answerHttp((_request, response) => void response.writeHead(302, { Location: location }).end());
  servers.push(twilio);
  const recordings = twilioRecordings(twilioClient({ apiKey: keySource(oldKey), baseUrl: twilio.url }));
  const failure = await failureOf(recordings.openMedia(sids.account(), sids.recording(), 2));
  return { failure, asked: twilio.requestCount() };
}

describe('a redirect of the media', () => {
  const servers: HttpAnswers[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it.each([
    'http://[fd00:ec2::254]/latest/meta-data',
    'http://169.254.170.2/v2/credentials',
    'http://2852039166/latest/meta-data',
    'https://0xA9FEA9FE/latest/meta-data',
    'http://localhost:9001/2018-06-01/runtime/invocation/next',
    'http://127.0.0.2/',
    'https://api.twilio.com.attacker.example/',
    'https://api.twilio.com@attacker.example/',
    'https://attacker.example/?https://api.twilio.com/',
    'https://attacker.example#.twilio.com',
    '//attacker.example/media.wav',
    'https:\\\\attacker.example\\.twilio.com',
    'https://api.twilio.com.:443/',
    'https://xamazonaws.com/',
    'https://amazonaws.com/',
    'data:audio/wav;base64,UklGRg==',
    'javascript:alert(1)',
  ])('is not followed to %s, and nobody is asked twice', async (location) => {
    const { failure, asked } = await redirected(location, servers);

    expect(failure).toMatchObject({ name: 'PermanentError', reason: 'media-redirect-refused' });
    expect(asked).toBe(1);
  });

  it('is refused without a word of its query, which is a key to the sound, or of our own key', async () => {
    const { failure } = await redirected('https://attacker.example/m?X-Amz-Signature=canary#canary', servers);
    const said = JSON.stringify(describeError(failure));

    expect(said).toContain('attacker.example');
    expect(said).not.toContain('canary');
    expect(said).not.toContain(oldKey.apiKeySid);
  });
});
