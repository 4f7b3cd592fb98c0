import type { Check } from '../check.ts';
import { failed, ok, skipped } from '../finding.ts';
import { playbackLink } from '../../../lambdas/shared/domain/link.ts';
import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';

/** Nobody's. */
const noRecording = recordingSid(`RE${'0'.repeat(32)}`);

const linkKeys: Check = {
  name: 'link keys',
  area: 'playback',
  async run({ connection }) {
    const { signingKeyId, keyIds } = await connection.installation.linkKeyIds();
    return ok(`${signingKeyId} signs${keyIds.length === 1 ? '' : `, and ${keyIds.length - 1} more prove older links`}`);
  },
};

const linkLength: Check = {
  name: 'link length',
  area: 'playback',
  async run({ connection, publicUrl }) {
    const { signingKeyId } = await connection.installation.linkKeyIds();
    const ring = { signingKeyId, keys: { [signingKeyId]: Buffer.alloc(32) } };
    try {
      return ok(`${playbackLink(publicUrl(), noRecording, ring).length} characters, of at most 128`);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return failed(error.message, 'set a shorter customDomain.domainName in lib/stages.ts');
    }
  },
};

const forgedLink: Check = {
  name: 'forged link',
  area: 'playback',
  async run({ ask, publicUrl, connection }) {
    const { signingKeyId } = await connection.installation.linkKeyIds();
    const url = `${publicUrl()}/r/${noRecording}?k=${signingKeyId}.${'A'.repeat(22)}`;
    const { status, headers } = await ask({ method: 'GET', url, headers: { Origin: 'https://player.example.com' } });
    if (status !== 403)
      return failed(
        `a link with a wrong code is answered with ${status}`,
        'wanted is 403: look into the log of play-recording',
      );
    return headers.get('Access-Control-Allow-Origin') === '*'
      ? ok('a link with a wrong code is refused (403), and a player on any page can read that')
      : failed(
          'a link with a wrong code is refused (403) in an answer without CORS',
          'deploy the pipeline stack again: a player sees a network error',
        );
  },
};

const preflight: Check = {
  name: 'preflight',
  area: 'playback',
  async run({ ask, publicUrl }) {
    const headers = {
      Origin: 'https://player.example.com',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'range',
    };
    const answer = await ask({
      method: 'OPTIONS',
      url: `${publicUrl()}/r/${noRecording}?k=k1.${'A'.repeat(22)}`,
      headers,
    });
    const allowed = answer.headers.get('Access-Control-Allow-Headers') ?? '';
    return answer.status === 204 && answer.headers.get('Access-Control-Allow-Origin') === '*' && /range/i.test(allowed)
      ? ok('a page of any origin may ask for parts of the sound')
      : failed(
          `a preflight is answered with ${answer.status}, allowing "${allowed}"`,
          'deploy the pipeline stack again: players cannot seek',
        );
  },
};

const customDomain: Check = {
  name: 'custom domain',
  area: 'playback',
  async run({ stage, addressesOf, ask, publicUrl }) {
    if (stage.customDomain === undefined)
      return stage.production
        ? failed(
            'the stage is for production and has no domain of its own: links are for ever',
            'set customDomain in lib/stages.ts',
          )
        : skipped('the stage has none; its links end with its API');
    const { domainName } = stage.customDomain;
    if (publicUrl() !== `https://${domainName}`)
      return failed(
        `URLs are told as ${publicUrl()}, and the stage's domain is ${domainName}`,
        'deploy the pipeline stack again',
      );
    if ((await addressesOf(domainName)).length === 0)
      return failed(
        `${domainName} leads nowhere`,
        'point it at the Target output of the stateful stack, with a CNAME or an alias',
      );
    const { status } = await ask({ method: 'GET', url: `https://${domainName}/health` });
    return status === 200
      ? ok(`${domainName} leads to the API`)
      : failed(
          `${domainName}/health answers ${status}`,
          'deploy the pipeline stack: its mapping to the API is missing, or the name leads elsewhere',
        );
  },
};

/** Its client would be a package that nothing else needs. */
const apiLogs: Check = {
  name: 'API logs',
  area: 'playback',
  run: async ({ stage }) =>
    skipped(
      `look by hand: aws apigateway get-account --query cloudwatchRoleArn must name a role${stage.aws.ownsApiGatewayAccountSettings ? ', which this stage makes' : ''}`,
    ),
};

export const playbackChecks: readonly Check[] = [linkKeys, linkLength, forgedLink, preflight, customDomain, apiLogs];
