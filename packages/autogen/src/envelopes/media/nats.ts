import type { Medium } from "@spoor/core";

/** As far as it matters here: the message headers of NATS clients. */
export interface NatsHeaders extends Iterable<[string, string[]]> {
  append(name: string, value: string): void;
}

/** Headers of a NATS message. `empty` makes new ones (`headers` of the client): those of a received message belong to it. */
export function natsHeaders<Headers extends NatsHeaders>(
  given: Headers,
  empty: () => Headers,
): Medium<Headers> {
  return {
    given,
    valuesOf: (field) =>
      [...given].flatMap(([name, values]) => (name.toLowerCase() === field ? values : [])),
    filledWith: (fields) => {
      const said = new Map<string, unknown>(
        Object.entries(fields).filter(([, text]) => text !== undefined),
      );
      const filled = empty();
      for (const [name, values] of given)
        if (!said.has(name.toLowerCase())) for (const value of values) filled.append(name, value);
      for (const [name, text] of said) if (typeof text === "string") filled.append(name, text);
      return filled;
    },
  };
}
