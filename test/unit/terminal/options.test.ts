import { optionHelp, readOptions, UsageError, wholeNumber } from '../../../local/terminal/options.ts';
import type { OptionSpecs } from '../../../local/terminal/options.ts';

const specs: OptionSpecs = {
  once: { kind: 'flag', help: 'play the day and leave' },
  port: { kind: 'text', placeholder: 'n', help: 'listen here' },
};

describe('readOptions', () => {
  it('reads flags, texts in both spellings, and words', () => {
    const typed = readOptions(['--once', '--port', '81', 'all'], specs);

    expect([...typed.flags]).toEqual(['once']);
    expect(typed.texts.get('port')).toBe('81');
    expect(typed.words).toEqual(['all']);
    expect(readOptions(['--port=82'], specs).texts.get('port')).toBe('82');
  });

  it.each([
    [['--onec'], '--onec is no option here; did you mean --once?'],
    [['--colour'], '--colour is no option here; --help lists them'],
    [['-o'], '-o is no option here; --help lists them'],
    [['--port'], '--port wants a value: --port <n>'],
    [['--port', '--once'], '--port wants a value: --port <n>'],
    [['--port='], '--port wants a value: --port <n>'],
    [['--port', '81', '--port=82'], '--port is typed twice: type it once (--help)'],
    [['--once=yes'], '--once takes no value, and was given one'],
  ])('refuses %j and says what to type', (typed, message) => {
    expect(() => readOptions(typed, specs)).toThrow(new UsageError(message));
  });

  it('takes every own property name for what it is, no option', () => {
    expect(() => readOptions(['--toString'], specs)).toThrow('--toString is no option here');
    expect(() => readOptions(['--constructor'], specs)).toThrow('--constructor is no option here');
  });
});

describe('wholeNumber', () => {
  it.each(['-1', '65536', '1.5', 'x', '1e3', ' 1'])('refuses "%s" for a port', (text) => {
    expect(() => wholeNumber('port', text, 0, 65_535)).toThrow(
      `--port wants a whole number from 0 to 65535, not "${text}"`,
    );
  });

  it('takes both ends', () => {
    expect(wholeNumber('port', '0', 0, 65_535)).toBe(0);
    expect(wholeNumber('port', '65535', 0, 65_535)).toBe(65_535);
  });
});

describe('optionHelp', () => {
  it('aligns the explanations', () => {
    expect(optionHelp(specs)).toEqual(['  --once      play the day and leave', '  --port <n>  listen here']);
  });

  it('keeps within 80 columns: a long text goes on below itself, and below a long name', () => {
    const help = optionHelp({
      once: {
        kind: 'flag',
        help: 'play the day, report, and leave; exits 1 if anything is lost, stuck, late or different',
      },
      transport: { kind: 'text', placeholder: 'event-streams|task-events|both', help: 'how events come' },
    });

    expect(help).toEqual([
      '  --once  play the day, report, and leave; exits 1 if anything is lost, stuck,',
      '          late or different',
      '  --transport <event-streams|task-events|both>',
      '          how events come',
    ]);
  });
});
