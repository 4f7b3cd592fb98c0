import { readStartOptions, startHelp } from '../../../local/start-options.ts';
import { UsageError } from '../../../local/terminal/options.ts';

const read = (...typed: string[]) => readStartOptions(typed, '/home/ada/project', {});
const readIn = (environment: Readonly<Record<string, string>>, ...typed: string[]) =>
  readStartOptions(typed, '/home/ada/project', environment);

describe('readStartOptions', () => {
  it('plays the day by Event Streams, with recording callbacks, on any free port', () => {
    expect(read()).toEqual({
      help: false,
      once: false,
      json: false,
      sample: true,
      recordingCallbacks: true,
      loseMostEvents: false,
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
    [['--no-sample', '--lose-most-events'], '--lose-most-events is about the day'],
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
      'lose-most-events',
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

describe('AWS_ENDPOINT_URL', () => {
  const address = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/' };

  it('names another emulator, which is shown the keys of the environment', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'known-there' };

    expect(readIn({ ...address, ...keys }, '--no-sample').emulator).toEqual({
      url: 'http://127.0.0.1:4566',
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'known-there',
    });
  });

  it('shows "test" and "test" where the environment has no keys', () => {
    expect(readIn(address, '--no-sample').emulator).toMatchObject({ accessKeyId: 'test', secretAccessKey: 'test' });
  });

  it('leaves our own stand-ins when it is empty', () => {
    expect(readIn({ AWS_ENDPOINT_URL: '' })).not.toHaveProperty('emulator');
  });

  it.each([
    ['with the sample day, which jumps over idle time', address, [], '--no-sample'],
    ['when it is no URL', { AWS_ENDPOINT_URL: 'localhost' }, ['--no-sample'], '"localhost"'],
    ['when it is not of HTTP', { AWS_ENDPOINT_URL: 'ftp://127.0.0.1' }, ['--no-sample'], '"ftp://127.0.0.1"'],
  ])('is refused %s', (_when, environment, typed, named) => {
    expect(() => readIn(environment, ...typed)).toThrow(UsageError);
    expect(() => readIn(environment, ...typed)).toThrow(named);
  });

  it('does not stand in the way of the help, which names it', () => {
    expect(readIn(address, '--help').help).toBe(true);
    expect(startHelp().join('\n')).toContain('AWS_ENDPOINT_URL');
  });
});
