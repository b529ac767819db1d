import type { Answer, ModelContext, ModelScope, Recordable, Scope, Usage } from "@spoor/core";

/** Whatever knows the work that is going on: envelopes, a runtime, an observer. */
interface Active {
  active(): Scope | null;
}

/** What is known of a call to a model. Each function is yours: what one throws is left out of the record, and the call goes on. */
export interface ModelReading<Given extends readonly unknown[], Result> {
  readonly model: string;
  readonly provider?: string;
  /** All that the call is sent. Absent: its arguments are its input. */
  readonly context?: (...given: Given) => ModelContext;
  /** What the answer says of itself. A bucket that it does not name is null, not zero. */
  readonly answer?: (result: Awaited<Result>) => Answer & { readonly usage?: Usage };
}

/** The same function, recorded as a tool of the handler that calls it. Outside of all work it is called and not recorded. */
export function wrapTool<Given extends readonly unknown[], Result>(
  recorder: Active,
  name: string,
  tool: (...given: Given) => Result,
): (...given: Given) => Result {
  return (...given) => {
    const scope = recorder.active();
    if (!scope) return tool(...given);
    return scope.tool(name, { input: inputOf(given) }, () => tool(...given));
  };
}

/** The same function, recorded as a call to a model by the handler that calls it. Outside of all work it is called and not recorded. */
export function wrapModel<Given extends readonly unknown[], Result>(
  recorder: Active,
  reading: ModelReading<Given, Result>,
  call: (...given: Given) => Result,
): (...given: Given) => Result {
  const { model, provider, context, answer } = reading;
  return (...given) => {
    const scope = recorder.active();
    if (!scope) return call(...given);
    const sent = context && read(() => context(...given));
    const options = {
      ...(provider === undefined ? {} : { provider }),
      ...(sent ? { context: sent } : { input: inputOf(given) }),
    };
    return scope.model(model, options, (modelScope) => {
      const result = call(...given);
      const tell = (output: Awaited<Result>): void => {
        const said = answer && read(() => answer(output));
        if (said) tellAnswer(modelScope, said);
      };
      if (result instanceof Promise) result.then(tell, () => {});
      else tell(result as Awaited<Result>);
      return result;
    });
  };
}

function tellAnswer(scope: ModelScope, { usage, ...answer }: Answer & { usage?: Usage }): void {
  scope.answered(answer);
  if (usage) scope.usage(usage);
}

function read<Value>(reading: () => Value): Value | null {
  try {
    return reading();
  } catch {
    return null;
  }
}

function inputOf(given: readonly unknown[]): Recordable {
  return (given.length === 1 ? given[0] : given) as Recordable;
}
