import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isAlive,
  lastRunDir,
  openRunDir,
  readLastAttributes,
  readRunState,
  writeLastAttributes,
  writeRunState,
} from '../../../local/run-state.ts';
import type { RunState } from '../../../local/run-state.ts';

const state: RunState = {
  v: 1,
  pid: 12,
  startedAt: '2026-11-20T08:00:00.000Z',
  stageName: 'dev',
  aws: {
    url: 'http://127.0.0.1:1',
    region: 'us-east-1',
    accountId: '123456789012',
    accessKeyId: 'AK',
    secretAccessKey: 'not-a-secret',
  },
  control: { url: 'http://127.0.0.1:2', token: 'not-a-token' },
};

describe('what a run leaves', () => {
  const repositoryDir = mkdtempSync(join(tmpdir(), 'run-state-'));
  afterAll(() => rmSync(repositoryDir, { recursive: true }));

  it('finds nothing before the first run', () => {
    expect(lastRunDir(repositoryDir)).toBeUndefined();
    expect(readRunState(repositoryDir)).toBeUndefined();
  });

  it('is found again, by the repository and by the directory, and only the owner can read its keys', () => {
    const dataDir = openRunDir(repositoryDir, join(repositoryDir, 'asked/for'));

    writeRunState(repositoryDir, dataDir, state);

    expect(lastRunDir(repositoryDir)).toBe(dataDir);
    expect(readRunState(dataDir)).toEqual(state);
    expect(statSync(join(dataDir, 'state.json')).mode & 0o077).toBe(0);
  });

  it('removes the directories of runs that have ended, and no other', () => {
    // Linux gives no process an id above 4,194,304.
    const ended = join(repositoryDir, '.local/runs/9999999');
    const running = join(repositoryDir, `.local/runs/${process.ppid}`);
    for (const dir of [ended, running]) mkdirSync(dir, { recursive: true });

    const own = openRunDir(repositoryDir, undefined);

    expect(existsSync(ended)).toBe(false);
    expect(existsSync(running)).toBe(true);
    expect(own).toBe(join(repositoryDir, '.local/runs', String(process.pid)));
  });

  it('keeps the last attributes of each task', () => {
    writeLastAttributes(repositoryDir, new Map([['WT1', '{"a":1}']]));

    expect(readLastAttributes(repositoryDir, 'WT1')).toBe('{"a":1}');
    expect(readLastAttributes(repositoryDir, 'WT2')).toBeUndefined();
  });
});

describe('isAlive', () => {
  it.each([
    [process.pid, true],
    [9_999_999, false],
    [0, false],
    [-1, false],
    [Number('a name'), false],
  ])('says of %d: %s', (pid, expected) => {
    expect(isAlive(pid)).toBe(expected);
  });
});
