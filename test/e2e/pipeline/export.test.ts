import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { playCall } from '../../support/e2e/recorded-call.ts';
import { runCli } from '../../support/e2e/run-cli.ts';
import { checkSums } from '../../support/sha256sum.ts';

describe('a customer’s export, typed against a pipeline', () => {
  let run: PipelineRun;
  let dir = '';
  beforeAll(async () => {
    run = await startPipelineRun();
    dir = mkdtempSync(join(tmpdir(), 'export-'));
  }, 120_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    await run.close();
  });

  it('holds the sound as Twilio recorded it, and stands in its timeline', async () => {
    const { taskSid, recordingSid } = await playCall(run, 'segment-link');
    await run.quiet();
    const out = join(dir, 'subject.zip');

    const typed = ['export', '--task', taskSid, '--matter', 'DSAR-1', '--who', 'Grace Example', '--out', out];
    const { exitCode, answer } = await runCli(run, typed);

    expect(exitCode).toBe(0);
    expect(answer).toMatchObject({ recordings: [{ sid: recordingSid, outcome: 'exported' }], wrong: [] });
    execFileSync('unzip', ['-q', out, '-d', join(dir, 'x')]);
    expect(checkSums(join(dir, 'x'))).toContain('manifest.json');
    const folder = join(dir, 'x', 'recordings', recordingSid);
    const sound = readFileSync(join(folder, `${recordingSid}.wav`));
    expect(createHash('sha256').update(sound).digest('hex')).toBe(await run.twilio.media.sha256(recordingSid, 1));
    expect(JSON.parse(readFileSync(join(folder, `${recordingSid}.json`), 'utf8'))).toMatchObject({ recordingSid });
    const timeline = await run.operator.ledger.timelineOf(recordingSid);
    expect(timeline).toContainEqual(
      expect.objectContaining({ what: 'exported', actor: 'operator:Grace Example', after: 'DSAR-1' }),
    );
  }, 60_000);

  it('is found by the number that the customer called from', async () => {
    const { taskSid, recordingSid } = await playCall(run, 'segment-link');
    await run.quiet();

    const typed = ['export', '--phone', '+1 202 555 0143', '--matter', 'DSAR-2', '--who', 'Grace Example'];
    const { exitCode, answer, stderr } = await runCli(run, [...typed, '--out', join(dir, 'phone.zip')]);

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(answer).toMatchObject({
      tasks: expect.arrayContaining([taskSid]),
      recordings: expect.arrayContaining([expect.objectContaining({ sid: recordingSid, outcome: 'exported' })]),
    });
  }, 60_000);
});
