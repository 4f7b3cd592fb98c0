import type { Stack, TemplateResource } from './assembly.ts';
import { evaluate, evaluateText, type Scope } from './evaluate.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { TemplateError } from './template-error.ts';

/** What `Ref` and `Fn::GetAtt` say of one resource; read only when asked for. */
export interface Identity {
  readonly ref: () => string;
  readonly attributes: Readonly<Record<string, () => string>>;
}

/** What an identity may be made of. */
export interface ResourceFacts {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** The text of one property, or `undefined` when the template leaves it out. */
  text(property: string): string | undefined;
}

export interface AssemblyContext {
  readonly accountId: string;
  readonly region: string;
  /** The identity of a resource, or `undefined` when nothing may refer to its type. */
  identify(facts: ResourceFacts): Identity | undefined;
  /** Rewrites addresses of the deployed cloud to local ones. */
  localised(text: string): string;
}

/** One resource that the template makes, its properties computed when first read. */
export interface Resource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  /** Stack, logical id and type: for errors. */
  readonly where: string;
  readonly properties: () => JsonObject;
  readonly ref: () => string;
  /** As `Fn::GetAtt` would say. */
  readonly attribute: (name: string) => string;
}

/**
 * The resources of all stacks whose condition holds, with every intrinsic function computed.
 *
 * Nothing is computed before it is read, so stacks and resources may refer to one another in any order.
 */
export function resolveStacks(stacks: readonly Stack[], context: AssemblyContext): readonly Resource[] {
  const scopes: readonly StackScope[] = stacks.map(
    (stack) => new StackScope(stack, context, (name): string => parameterValue(scopes, name)),
  );
  return scopes.flatMap((scope) => scope.resources());
}

function parameterValue(scopes: readonly StackScope[], name: string): string {
  for (const scope of scopes) {
    const found = scope
      .resources()
      .find((resource) => resource.type === 'AWS::SSM::Parameter' && scope.text(resource.logicalId, 'Name') === name);
    if (found) return scope.text(found.logicalId, 'Value') ?? '';
  }
  throw new Error(`no stack of this assembly makes the SSM parameter ${name}`);
}

class StackScope {
  readonly stack: Stack;
  readonly context: AssemblyContext;
  readonly ssm: (name: string) => string;
  readonly known = new Map<string, Resource>();

  constructor(stack: Stack, context: AssemblyContext, ssm: (name: string) => string) {
    this.stack = stack;
    this.context = context;
    this.ssm = ssm;
    for (const [logicalId, resource] of stack.resources)
      if (this.exists(resource)) this.known.set(logicalId, this.resource(logicalId, resource));
  }

  resources(): readonly Resource[] {
    return [...this.known.values()];
  }

  /** The text of one property, computed without touching the others: names must not wait for what refers to them. */
  text(logicalId: string, property: string): string | undefined {
    const value = this.stack.resources.get(logicalId)?.Properties?.[property];
    if (value === undefined) return undefined;
    return this.resolved(evaluateText(value, this.scope(this.where(logicalId))));
  }

  private exists(resource: TemplateResource): boolean {
    return resource.Condition === undefined || this.condition(resource.Condition, this.stack.name);
  }

  private where(logicalId: string): string {
    return `${this.stack.name}/${logicalId} (${this.stack.resources.get(logicalId)?.Type ?? 'no such resource'})`;
  }

  private resource(logicalId: string, { Type: type, Properties }: TemplateResource): Resource {
    const where = this.where(logicalId);
    let properties: JsonObject | undefined;
    return {
      stack: this.stack,
      logicalId,
      type,
      where,
      properties: () => (properties ??= this.properties(Properties ?? {}, where)),
      ref: () => this.identity(logicalId, where).ref(),
      attribute: (name) => this.attribute(logicalId, name, where),
    };
  }

  private properties(properties: JsonObject, where: string): JsonObject {
    const computed = this.resolvedDeep(evaluate(properties, this.scope(where)) ?? {});
    if (!isJsonObject(computed)) throw new TemplateError(where, 'wanted its properties as an object');
    return computed;
  }

  private scope(where: string): Scope {
    return {
      where,
      ref: (name) => this.ref(name, where),
      getAtt: (logicalId, attribute) => this.attribute(logicalId, attribute, where),
      condition: (name) => this.condition(name, where),
    };
  }

  private attribute(logicalId: string, attribute: string, where: string): string {
    const { attributes } = this.identity(logicalId, where);
    const value = attributes[attribute];
    if (value) return value();
    const known = Object.keys(attributes).join(', ') || 'none';
    throw new TemplateError(where, `Fn::GetAtt ${logicalId}.${attribute} is not known here: known are ${known}`);
  }

  private condition(name: string, where: string): boolean {
    const condition = this.stack.conditions[name];
    if (condition === undefined) throw new TemplateError(where, `no condition ${name} in this template`);
    return evaluate(condition, this.scope(`${this.stack.name}/Conditions/${name}`)) === true;
  }

  private identity(logicalId: string, where: string): Identity {
    const resource = this.stack.resources.get(logicalId);
    if (!resource) throw new TemplateError(where, `refers to ${logicalId}, which this template does not define`);
    const identity = this.context.identify({
      stackName: this.stack.name,
      logicalId,
      type: resource.Type,
      text: (property) => this.text(logicalId, property),
    });
    if (!identity)
      throw new TemplateError(where, `refers to ${this.where(logicalId)}, a type nothing may refer to here`);
    return identity;
  }

  private ref(name: string, where: string): Json | undefined {
    const pseudo = this.pseudoParameter(name);
    if (pseudo) return pseudo.value;
    const parameter = this.stack.parameters.get(name);
    if (!parameter) return this.identity(name, where).ref();
    if (parameter.Default === undefined) throw new TemplateError(where, `parameter ${name} has no default value`);
    if (parameter.Type === 'String' || parameter.Type === 'Number') return String(parameter.Default);
    if (parameter.Type === 'AWS::SSM::Parameter::Value<String>') return this.ssm(String(parameter.Default));
    throw new TemplateError(where, `parameter ${name} has the unknown type ${parameter.Type}`);
  }

  private pseudoParameter(name: string): { value: string | undefined } | undefined {
    if (!name.startsWith('AWS::')) return undefined;
    const known: Readonly<Record<string, string>> = {
      'AWS::AccountId': this.context.accountId,
      'AWS::Region': this.context.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': this.stack.name,
      'AWS::StackId': `arn:aws:cloudformation:${this.context.region}:${this.context.accountId}:stack/${this.stack.name}/local`,
    };
    if (name === 'AWS::NoValue') return { value: undefined };
    if (known[name] === undefined) throw new TemplateError(this.stack.name, `unknown pseudo parameter ${name}`);
    return { value: known[name] };
  }

  private resolvedDeep(value: Json): Json {
    if (typeof value === 'string') return this.resolved(value);
    if (Array.isArray(value)) return value.map((item: Json) => this.resolvedDeep(item));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.resolvedDeep(inner)]));
  }

  /** Puts in SSM values that the template names as `{{resolve:ssm:…}}`, then turns deployed addresses into local ones. */
  private resolved(text: string): string {
    const complete = text.replace(/\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}/g, (_whole, name: string) => this.ssm(name));
    return this.context.localised(complete);
  }
}
