import { progressOn } from '../../../local/terminal/progress.ts';

function screen(isTty: boolean, columns = 40) {
  const written: string[] = [];
  return { isTty, columns, write: (text: string) => void written.push(text), written };
}

describe('progress where nothing can be rewritten', () => {
  it('prints plain lines, and a block only when it changed and its time has come', () => {
    const out = screen(false);
    let nowMs = 0;
    const progress = progressOn(out, { nowMs: () => nowMs, everyMs: 1_000 });

    progress.line('first');
    progress.show(['1 of 9', 'more']);
    nowMs = 1_000;
    progress.show(['2 of 9', 'more']);
    nowMs = 5_000;
    progress.show(['2 of 9', 'more']);

    expect(out.written).toEqual(['first\n', '2 of 9\n']);
  });

  it('prints what was left unprinted at the end, once', () => {
    const out = screen(false);
    const progress = progressOn(out, { nowMs: () => 0, everyMs: 1_000 });

    progress.show(['9 of 9']);
    progress.end();
    progress.end();

    expect(out.written).toEqual(['9 of 9\n']);
  });
});

describe('progress on a terminal', () => {
  it('rewrites its block in place, also when a key echoed behind it, and prints lines above it', () => {
    const out = screen(true);
    let nowMs = 0;
    const progress = progressOn(out, { nowMs: () => nowMs });

    progress.show(['a', 'b']);
    nowMs = 1_000;
    progress.show(['c']);
    progress.line('news');
    progress.end();

    expect(out.written).toEqual([
      'a\nb\n',
      '\r\u001b[2A\u001b[0Jc\n',
      '\r\u001b[1A\u001b[0Jnews\nc\n',
      '\r\u001b[1A\u001b[0J',
    ]);
  });

  it('cuts a line at the edge, so that the block stays as tall as it was counted', () => {
    const out = screen(true, 10);
    const progress = progressOn(out, { nowMs: () => 0 });

    progress.show(['0123456789abcdef']);

    expect(out.written).toEqual(['01234567…\u001b[0m\n']);
  });
});
