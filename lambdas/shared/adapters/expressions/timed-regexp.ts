import { createContext, Script } from 'node:vm';
import type { Context } from 'node:vm';

/**
 * Regular expressions whose every match is given at most so many milliseconds. One match runs inside V8 without ever
 * coming back, so JSONata's own limit cannot stop it: `/(a+)+$/` takes minutes over forty letters.
 */
export function timedRegExp(timeoutMilliseconds: number): RegExpConstructor {
  let context: (Context & { run?: () => unknown }) | undefined;
  const script = new Script('run()');
  return new Proxy(RegExp, {
    construct(_target, [pattern]: [RegExp]) {
      const expression = new RegExp(pattern);
      const plainExec = expression.exec.bind(expression);
      expression.exec = (text) => {
        let found: RegExpExecArray | null = null;
        context ??= createContext({});
        context.run = () => (found = plainExec(text));
        script.runInContext(context, { timeout: timeoutMilliseconds });
        return found;
      };
      return expression;
    },
  });
}
