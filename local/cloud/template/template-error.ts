/** The template says something the local cloud cannot do; the message names stack, logical id and type. */
export class TemplateError extends Error {
  readonly where: string;

  constructor(where: string, fact: string) {
    super(`${where}: ${fact}`);
    this.name = 'TemplateError';
    this.where = where;
  }
}
