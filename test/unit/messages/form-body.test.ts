import { formValue, parseFormBody } from '../../../lambdas/shared/messages/form-body.ts';

describe('a form body', () => {
  it('keeps blank values and names without an equals sign', () => {
    expect(parseFormBody('Digits=&Memo&CallSid=CA1')).toEqual({ Digits: '', Memo: '', CallSid: 'CA1' });
  });

  it('keeps every value of a repeated name, in order, equal ones too', () => {
    expect(parseFormBody('Event=start&Sid=X&Event=end&Event=end')).toEqual({
      Event: ['start', 'end', 'end'],
      Sid: 'X',
    });
  });

  it('reads a plus as a space and %XX as UTF-8', () => {
    expect(parseFormBody('From=%2B15005550006&Name=Ada+Ex%C3%A4mple&Note=a%20b%2Bc')).toEqual({
      From: '+15005550006',
      Name: 'Ada Exämple',
      Note: 'a b+c',
    });
  });

  it('splits at the first equals sign only', () => {
    expect(parseFormBody('TaskAttributes={"a":"b=c"}')).toEqual({ TaskAttributes: '{"a":"b=c"}' });
  });

  it('leaves a percent sign that begins no byte as it is', () => {
    expect(parseFormBody('Discount=100%&Next=1')).toEqual({ Discount: '100%', Next: '1' });
  });

  it('takes a leading question mark as part of the name', () => {
    expect(parseFormBody('?a=1')).toEqual({ '?a': '1' });
  });

  it('has no parameters when it is empty', () => {
    expect(parseFormBody('')).toEqual({});
  });

  it('treats __proto__ as a parameter like any other', () => {
    const form = parseFormBody('__proto__=x&constructor=y');

    expect(Object.entries(form)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(form)).toBe(Object.prototype);
  });
});

describe('one value of a form', () => {
  it('is the first of a repeated name, blank when blank, and undefined when missing', () => {
    const form = parseFormBody('Event=start&Event=end&Digits=');

    expect(formValue(form, 'Event')).toBe('start');
    expect(formValue(form, 'Digits')).toBe('');
    expect(formValue(form, 'toString')).toBeUndefined();
  });
});
