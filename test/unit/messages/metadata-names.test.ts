import { metadataNamesVariable } from '../../../lambdas/shared/messages/metadata-names.ts';

describe('metadata names in an environment variable', () => {
  it('are read from JSON, each of them or none', () => {
    const names = { recordingSid: 'archive_recording_sid', taskSid: 'archive_task_sid', conferenceSid: 'c' };

    expect(metadataNamesVariable.parse(JSON.stringify(names))).toEqual(names);
    expect(metadataNamesVariable.parse('{}')).toEqual({});
  });

  it.each(['', 'x', '[]', '{"recording_sid":"x"}', '{"recordingSid":""}', '{"recordingSid":1}', 'null'])(
    'are not %p',
    (text) => {
      expect(metadataNamesVariable.safeParse(text).success).toBe(false);
    },
  );
});
