const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A value that prints as `[secret]` wherever something tries to print it: in a log line, a template text, a JSON, an
 * error's inspection. Only `reveal()` gives it away, so each place that uses a secret can be searched for.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself; keep it in the smallest scope that needs it. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect](): string {
    return '[secret]';
  }
}
