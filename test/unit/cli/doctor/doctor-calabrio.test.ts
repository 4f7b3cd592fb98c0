import { openWard, stage } from './examined.ts';
import type { Ward } from './examined.ts';
import { contactStatusHash } from '../../../../lambdas/shared/domain/contact-status.ts';
import { Secret } from '../../../../lambdas/shared/runtime/secret.ts';
import { answerHttp } from '../../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../../support/fakes/http-answers.ts';

describe('doctor on Calabrio', () => {
  let ward: Ward;
  let calabrio: HttpAnswers;
  let passwordIsRight: boolean;
  beforeEach(async () => {
    passwordIsRight = true;
    ward = await openWard();
    calabrio = await answerHttp((request, response) => {
      if (request.url === '/api/rest/authorize' && passwordIsRight) response.end('{"sessionId":"s1"}');
      else if (request.headers.cookie === 'hazelcast.sessionId=s1') response.end('[]');
      else response.writeHead(401).end();
    });
  });
  afterEach(async () => {
    await ward.close();
    await calabrio.close();
  });

  const user = async () => new Secret({ api: { userId: 'svc', password: 'the-password' } });
  const here = () => ({ calabrioUrl: calabrio.url, calabrioSecret: { current: user, fresh: user } });

  it('signs in and lists contacts', async () => {
    expect(await ward.diagnose('Calabrio login', { installation: here() })).toBe(
      `ok Calabrio login: ${new URL(calabrio.url).host} takes the user of the secret, and lists contacts`,
    );
  });

  it('says that Calabrio does not take the user', async () => {
    passwordIsRight = false;

    const answer = await ward.diagnose('Calabrio login', { installation: here() });

    expect(answer).toContain('failed Calabrio login: Calabrio answered POST /api/rest/authorize with 401');
    expect(answer).toContain('→ put the user of the API and its password into the Calabrio secret');
    expect(answer).not.toContain('the-password');
  });

  it('says where to look when Calabrio is away', async () => {
    const installation = { ...here(), calabrioUrl: 'http://127.0.0.1:9' };

    expect(await ward.diagnose('Calabrio login', { installation })).toContain(
      '→ look at dev.calabrio.api.baseUrl in lib/stages.ts',
    );
  });

  it('skips what a stage without Calabrio has not', async () => {
    const without = { stage: { calabrio: undefined } };

    expect(await ward.diagnose('Calabrio login', without)).toBe(
      'skipped Calabrio login: the stage dev has no Calabrio tenant',
    );
    expect(await ward.diagnose('time zones', without)).toContain('skipped time zones');
  });

  it.each([
    [1001, 'ok Calabrio tenant: 1001, by the contact statuses of the last three days'],
    [2002, "failed Calabrio tenant: contact statuses of the tenant 2002 came, and the stage's is 1001"],
  ])('knows the tenant by what came: %d', async (tenantId, text) => {
    const contact = { ccrId: 1, sessionId: 's', legId: 'l', tenantId, status: 'COMPLETE' };
    const receivedAt = new Date('2026-11-19T09:00:00Z');
    await ward.ledger.putInInbox({
      ...{ hash: contactStatusHash(contact), contact, receivedAt, alias: 's', cause: 'm1', isMatched: true },
    });

    expect(await ward.diagnose('Calabrio tenant')).toContain(text);
  });

  it('warns where no contact status came', async () => {
    expect(await ward.diagnose('Calabrio tenant')).toContain(
      'warning Calabrio tenant: no contact status of tenant 1001 came in three days',
    );
  });

  it('tries the URL of the ACD page, and keeps its token to itself', async () => {
    const good = await ward.diagnose('Calabrio webhook');
    ward.farEnd.faults.calabrioStatus = 403;
    const bad = await ward.diagnose('Calabrio webhook');

    expect(good).toBe('ok Calabrio webhook: the URL of the ACD page answers as Test Connection wants it');
    expect(bad).toContain('failed Calabrio webhook: the URL of the ACD page answers 403');
    expect(good + bad).not.toContain('the-token-of-the-event-webhook');
  });

  it('says where to compare time zones, which nobody can be asked for', async () => {
    const answer = await ward.diagnose('time zones');

    expect(stage.calabrio?.acd.timeZone).toBe('America/Denver');
    expect(answer).toContain(
      'warning time zones: the stage says America/Denver; neither Flex Insights nor Calabrio can be asked',
    );
    expect(answer).toContain('→ look: Flex Insights, Settings, time zone');
  });
});
