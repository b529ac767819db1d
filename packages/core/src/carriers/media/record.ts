import { spells } from "../field.ts";
import { type Medium, replaced } from "../medium.ts";

/**
 * A plain object: headers, `_meta`, envelope or checkpoint metadata, Kafka and AMQP headers. Only its own names count, and only the three
 * that are asked for are read, so neither a changed prototype nor a getter of something else gets in.
 */
export function record(
  given: Readonly<Record<string, unknown>>,
): Medium<Readonly<Record<string, unknown>>> {
  return {
    given,
    valuesOf: (field) =>
      Object.keys(given)
        .filter(spells(field))
        .map((name) => given[name]),
    filledWith: (fields) => Object.fromEntries(replaced(Object.entries(given), fields)),
  };
}
