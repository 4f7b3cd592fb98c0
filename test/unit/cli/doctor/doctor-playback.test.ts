import { Readable } from 'node:stream';
import { account, openWard, workspace } from './examined.ts';
import type { Ailment, Ward } from './examined.ts';
import { newRecording } from '../../../../lambdas/shared/domain/recording-life.ts';
import { newTask } from '../../../../lambdas/shared/domain/task-life.ts';
import { RetryableError } from '../../../../lambdas/shared/domain/outcome.ts';
import { sids } from '../../../support/example-sids.ts';

const at = new Date('2026-11-19T09:00:00Z');
const recording = sids.recording(7);
const key = `${account}/2026/11/19/${recording}.wav`;
const flexPlayer = { origins: ['https://flex.twilio.com'], roles: ['supervisor'], cacheSeconds: 60 };
const player: Pick<Ailment, 'stage'> = { stage: { flexPlayer, linkMode: 'both' } };

describe('doctor on archive and playback', () => {
  let ward: Ward;
  beforeEach(async () => void (ward = await openWard()));
  afterEach(() => ward.close());

  async function archiveOne(): Promise<void> {
    const { archive, ledger } = ward;
    const object = { key, contentType: 'audio/x-wav', sizeBytes: 4, metadata: {} };
    await archive.create(object, Readable.from([Buffer.from('RIFF')]));
    const audio = {
      ...{ key, sizeBytes: 4, sha256: '', crc64Nvme: '', contentType: 'audio/x-wav', channels: 2, durationSeconds: 1 },
      storedAt: at,
    };
    const of = { recordingSid: recording, accountSid: account, foundBy: 'segment-link' } as const;
    await ledger.saveRecording({ ...newRecording(of, at), archive: { state: 'verified', audio, verifiedAt: at } });
    await ledger.saveTask({
      ...newTask({ taskSid: sids.task(), accountSid: account, workspaceSid: workspace }, at),
      recordings: [{ recordingSid: recording, foundBy: 'segment-link', kind: 'conference', isAbsent: false }],
    });
  }

  it('wants versions in the bucket', async () => {
    const off = { installation: { isVersioned: async () => false } };

    expect(await ward.diagnose('bucket versions')).toBe('ok bucket versions: the archive bucket keeps versions');
    expect(await ward.diagnose('bucket versions', off)).toContain(
      'failed bucket versions: the archive bucket keeps no versions',
    );
  });

  it('wants Object Lock where a class of the stage locks', async () => {
    const cannot = { installation: { canLock: async () => false } };
    const locks = { retention: { config: 'contact-centre', classesInUse: ['regulated'] } };

    expect(await ward.diagnose('Object Lock')).toBe(
      'ok Object Lock: the archive bucket can lock; no class of the stage asks for it',
    );
    expect(await ward.diagnose('Object Lock', cannot)).toContain(
      'ok Object Lock: the archive bucket cannot lock, and no class',
    );
    expect(await ward.diagnose('Object Lock', { stage: locks })).toBe(
      'ok Object Lock: the archive bucket can lock, as regulated asks for it',
    );
    expect(await ward.diagnose('Object Lock', { ...cannot, stage: locks })).toContain(
      'failed Object Lock: the class regulated asks for locks, and the archive bucket cannot lock',
    );
  });

  it('names the right that looking at the bucket wants', async () => {
    const cause = new Error('User: arn:x is not authorized to perform: s3:GetBucketVersioning on resource: "arn:y"');
    cause.name = 'AccessDenied';
    const isVersioned = async () => {
      throw new RetryableError('S3 refused', { reason: 'archive-refused', cause });
    };

    expect(await ward.diagnose('bucket versions', { installation: { isVersioned } })).toBe(
      'warning bucket versions: AWS does not let you look: s3:GetBucketVersioning → ask for that right, or have somebody look who has it',
    );
  });

  it('opens a copy, and with it the key that it lies under', async () => {
    const none = await ward.diagnose('data key');
    await archiveOne();
    const good = await ward.diagnose('data key');
    ward.archive.failNext(
      'open',
      new RetryableError('S3 refused s3:GetObject: KMS.DisabledException', { reason: 'archive-refused' }),
    );
    const disabled = await ward.diagnose('data key');

    expect(none).toBe('skipped data key: no recording was archived in the last three days');
    expect(good).toBe(`ok data key: the copy of ${recording} opens, and with it the key that it is encrypted under`);
    expect(disabled).toContain('failed data key: S3 refused s3:GetObject: KMS.DisabledException');
  });

  it('says that a copy is gone', async () => {
    await archiveOne();
    for (const { versionId } of ward.archive.versions.of(key)) ward.archive.removeVersion(key, versionId);

    expect(await ward.diagnose('data key')).toContain(`failed data key: the copy of ${recording} is not at ${key}`);
  });

  it('reads the ring of link keys', async () => {
    const two = { installation: { linkKeyIds: async () => ({ signingKeyId: 'k2', keyIds: ['k1', 'k2'] }) } };
    const empty = async () => {
      throw new RetryableError('the secret arn:l has not the wanted shape: keys', { reason: 'secret-malformed' });
    };

    expect(await ward.diagnose('link keys')).toBe('ok link keys: k1 signs');
    expect(await ward.diagnose('link keys', two)).toBe('ok link keys: k2 signs, and 1 more prove older links');
    expect(await ward.diagnose('link keys', { installation: { linkKeyIds: empty } })).toContain(
      'failed link keys: the secret arn:l has not the wanted shape: keys',
    );
  });

  it('counts the characters of a link', async () => {
    // https://r.example.com (21) + /r/ (3) + RE and 32 (34) + ?k= (3) + k1. (3) + 22
    expect(await ward.diagnose('link length', { publicUrl: 'https://r.example.com' })).toBe(
      'ok link length: 86 characters, of at most 128',
    );
    expect(await ward.diagnose('link length', { publicUrl: `https://${'x'.repeat(60)}.example.com` })).toContain(
      'failed link length: the playback link has 145 characters, at most 128 are allowed',
    );
  });

  it('wants a wrong code refused, in an answer that a player can read', async () => {
    const good = await ward.diagnose('forged link');
    ward.farEnd.faults.withoutCors = true;
    const hidden = await ward.diagnose('forged link');
    const preflight = await ward.diagnose('preflight');
    ward.farEnd.faults.forgedStatus = 200;
    const open = await ward.diagnose('forged link');

    expect(good).toBe(
      'ok forged link: a link with a wrong code is refused (403), and a player on any page can read that',
    );
    expect(hidden).toContain('failed forged link: a link with a wrong code is refused (403) in an answer without CORS');
    expect(preflight).toContain('failed preflight: a preflight is answered with 204, allowing ""');
    expect(open).toContain('failed forged link: a link with a wrong code is answered with 200');
  });

  it('sees that a page may ask for parts of the sound', async () => {
    expect(await ward.diagnose('preflight')).toBe('ok preflight: a page of any origin may ask for parts of the sound');
  });

  it('follows a domain of the stage to the API', async () => {
    const customDomain = { domainName: 'recordings.example.com', certificateArn: 'arn:x' };
    const publicUrl = 'https://recordings.example.com';
    const answering = (status: number) => async () => ({ status, headers: new Headers(), body: '' });
    const own: Ailment = { stage: { customDomain, production: true }, publicUrl };

    expect(await ward.diagnose('custom domain', { ...own, ask: answering(200) })).toBe(
      'ok custom domain: recordings.example.com leads to the API',
    );
    expect(await ward.diagnose('custom domain', { ...own, ask: answering(403) })).toContain(
      'failed custom domain: recordings.example.com/health answers 403',
    );
    expect(await ward.diagnose('custom domain', { ...own, addresses: [] })).toContain(
      'failed custom domain: recordings.example.com leads nowhere',
    );
    expect(await ward.diagnose('custom domain', { ...own, publicUrl: 'https://x.example.com' })).toContain(
      'failed custom domain: URLs are told as',
    );
    expect(await ward.diagnose('custom domain')).toContain('skipped custom domain: the stage has none');
    expect(await ward.diagnose('custom domain', { stage: { production: true } })).toContain(
      'failed custom domain: the stage is for production',
    );
  });

  it('says how to look at the logging role, which it does not ask for', async () => {
    expect(await ward.diagnose('API logs')).toContain('skipped API logs: look by hand: aws apigateway get-account');
  });

  it('wants a Flex token tried before media is written, and fails nothing that it did not try', async () => {
    expect(await ward.diagnose('Flex token')).toContain('skipped Flex token: try it with --flex-token <file>');
    expect(await ward.diagnose('Flex token', player)).toContain(
      'warning Flex token: not tried in this run, and linkMode is both',
    );
  });

  it('plays a recording with a Flex token', async () => {
    await archiveOne();
    const flexToken = ward.twilio.flex.mintToken({ identity: 'ada', roles: ['supervisor'] });
    const asked: string[] = [];
    const ask: Ailment['ask'] = async ({ url, headers = {} }) => {
      asked.push(url);
      if (url === 'https://s3.example.com/sound') return { status: 206, headers: new Headers(), body: '' };
      const isGood = headers['Authorization'] === `Basic ${Buffer.from(`token:${flexToken}`).toString('base64')}`;
      const body = '{"media_url":"https://s3.example.com/sound"}';
      return {
        status: isGood ? 200 : 401,
        headers: new Headers({ 'Access-Control-Allow-Origin': 'https://flex.twilio.com' }),
        body,
      };
    };

    const answer = await ward.diagnose('Flex token', { ...player, flexToken, ask });

    expect(answer).toContain(`ok Flex token: the token has ${flexToken.length} characters, of about 7000`);
    expect(answer).toContain(`10,240 bytes of headers take; ${recording} plays with it`);
    expect(asked).toEqual([`${ward.farEnd.url}/r/${recording}`, 'https://s3.example.com/sound']);
  });

  it('says why a Flex token does not play', async () => {
    const agents = ward.twilio.flex.mintToken({ identity: 'grace', roles: ['agent'] });
    const good = ward.twilio.flex.mintToken({ identity: 'ada', roles: ['supervisor'] });

    expect(await ward.diagnose('Flex token', { ...player, flexToken: 'x'.repeat(7_001) })).toContain(
      'failed Flex token: the token has 7001 characters; about 7000 is the most',
    );
    expect(await ward.diagnose('Flex token', { flexToken: good })).toContain(
      'failed Flex token: the stage has no flexPlayer',
    );
    expect(await ward.diagnose('Flex token', { ...player, flexToken: 'nonsense' })).toContain(
      'Twilio says that it is not good',
    );
    expect(await ward.diagnose('Flex token', { ...player, flexToken: agents })).toContain(
      'its user is agent, and flexPlayer.roles has none',
    );
    expect(await ward.diagnose('Flex token', { ...player, flexToken: good })).toContain(
      'it is good, and no recording was archived',
    );
    await archiveOne();
    expect(await ward.diagnose('Flex token', { ...player, flexToken: good })).toContain(
      `${recording} is answered with 403`,
    );
  });
});
