import { pausesAfter } from '../../../lambdas/shared/domain/recording-pauses.ts';
import type { RecordingPause, SourceStatus } from '../../../lambdas/shared/domain/recording-record.ts';

const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);

type News = readonly [status: SourceStatus, time: string];

const told = (...news: readonly News[]): readonly RecordingPause[] =>
  news.reduce<readonly RecordingPause[]>((pauses, [status, time]) => pausesAfter(pauses, status, at(time)), []);

describe('the pauses of a recording', () => {
  it('are none where it was never paused', () => {
    expect(told(['in-progress', '10:00:00'], ['processing', '10:01:00'], ['completed', '10:01:08'])).toEqual([]);
  });

  it('begin with paused and end with in-progress, each', () => {
    expect(
      told(['paused', '10:00:10'], ['in-progress', '10:00:20'], ['paused', '10:00:40'], ['in-progress', '10:00:45']),
    ).toEqual([
      { from: at('10:00:10'), until: at('10:00:20') },
      { from: at('10:00:40'), until: at('10:00:45') },
    ]);
  });

  it('stay open where the recording ended while it was paused', () => {
    expect(told(['paused', '10:00:10'], ['completed', '10:01:08'])).toEqual([{ from: at('10:00:10') }]);
  });

  it('are told once by news that comes again', () => {
    const twice = told(
      ['paused', '10:00:10'],
      ['paused', '10:00:10'],
      ['in-progress', '10:00:20'],
      ['paused', '10:00:10'],
      ['in-progress', '10:00:20'],
    );

    expect(twice).toEqual([{ from: at('10:00:10'), until: at('10:00:20') }]);
  });

  it('begin with the earliest word of them', () => {
    expect(told(['paused', '10:00:12'], ['paused', '10:00:10'])).toEqual([{ from: at('10:00:10') }]);
  });

  it('are not ended by what was said before they began', () => {
    expect(told(['paused', '10:00:10'], ['in-progress', '10:00:00'])).toEqual([{ from: at('10:00:10') }]);
  });

  it('are told whole by news that comes late: no later pause is lost for an earlier one, nor ended by its end', () => {
    const inTime: readonly News[] = [
      ['paused', '10:00:05'],
      ['in-progress', '10:00:08'],
      ['paused', '10:00:10'],
      ['in-progress', '10:00:20'],
      ['paused', '10:00:30'],
    ];
    const [first, ended, ...later] = inTime;
    if (first === undefined || ended === undefined) throw new Error('there are five');

    expect(told(...later, first, ended)).toEqual(told(...inTime));
    expect(told(...later, ['in-progress', '10:00:40'], first, ended)).toEqual(
      told(...inTime, ['in-progress', '10:00:40']),
    );
    expect(told(...later.slice(0, 2), first, ...later.slice(2))).toEqual([
      { from: at('10:00:05') },
      { from: at('10:00:10'), until: at('10:00:20') },
      { from: at('10:00:30') },
    ]);
  });
});
