import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { endWithReader } from '../../../local/terminal/closed-pipe.ts';

const repositoryDir = join(import.meta.dirname, '../../..');

describe('a reader that goes away', () => {
  it('ends the process with the code of a broken pipe', () => {
    const stream = new EventEmitter();
    const codes: number[] = [];
    endWithReader(stream, (code) => codes.push(code));

    stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));

    expect(codes).toEqual([141]);
  });

  it('lets every other error of the stream be seen', () => {
    const stream = new EventEmitter();
    endWithReader(stream, () => undefined);

    expect(() => stream.emit('error', new Error('the disk is full'))).toThrow('the disk is full');
  });

  it('sees no stack trace of a command', () => {
    const typed = '"$NODE" cli/main.ts --help | true; echo "${PIPESTATUS[0]}"';

    const { stdout, stderr } = spawnSync('bash', ['-c', typed], {
      cwd: repositoryDir,
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath },
    });

    expect([stdout, stderr]).toEqual(['141\n', '']);
  });
});
