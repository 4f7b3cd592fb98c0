import { readStartOptions, startHelp } from '../../../local/start-options.ts';
import { UsageError } from '../../../local/terminal/options.ts';

const read = (...typed: string[]) => readStartOptions(typed, '/home/ada/project');

describe('readStartOptions', () => {
  it('plays the day by Event Streams, with recording callbacks, on any free port', () => {
    expect(read()).toEqual({
      help: false,
      once: false,
      json: false,
      sample: true,
      recordingCallbacks: true,
      port: 0,
      transport: 'event-streams',
    });
  });

  it('takes a relative data directory from where it was typed', () => {
    expect(read('--data', 'day', '--policy=p.json')).toMatchObject({
      dataDir: '/home/ada/project/day',
      policyFile: '/home/ada/project/p.json',
    });
  });

  it('takes the slash off another Twilio’s address', () => {
    expect(read('--no-sample', '--twilio-url', 'http://127.0.0.1:81/')).toMatchObject({
      sample: false,
      twilioUrl: 'http://127.0.0.1:81',
    });
  });

  it.each<[readonly string[], string]>([
    [['--onse'], 'did you mean --once?'],
    [['once'], '"once" means nothing here'],
    [['--port', '70000'], '--port wants a whole number from 0 to 65535'],
    [['--transport', 'smoke'], '--transport wants one of event-streams, task-events, both'],
    [['--no-sample', '--once'], 'use one of them'],
    [['--no-sample', '--no-recording-callbacks'], '--no-recording-callbacks is about the day'],
    [['--twilio-url', 'http://127.0.0.1:81'], '--twilio-url wants --no-sample'],
    [['--no-sample', '--twilio-url', 'ftp://x'], '--twilio-url wants an http or https URL'],
  ])('refuses %j and says why', (typed, message) => {
    expect(() => read(...typed)).toThrow(UsageError);
    expect(() => read(...typed)).toThrow(message);
  });

  it('explains every option in its help', () => {
    const help = startHelp().join('\n');

    for (const name of [
      'once',
      'json',
      'no-sample',
      'no-recording-callbacks',
      'port',
      'data',
      'twilio-url',
      'policy',
      'transport',
    ]) {
      expect(help).toContain(`--${name}`);
    }
  });
});
