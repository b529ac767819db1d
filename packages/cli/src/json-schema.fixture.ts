import { isRecord } from "@spoor/core";

/**
 * What of a value is not as a JSON Schema says, for the words that our schemas use: `$ref` into `$defs`, `type`, `enum`, `const`, `pattern`,
 * `minimum`, `items`, `properties`, `required`, `additionalProperties`, `anyOf`. Throws for a word it does not know, so that no rule goes unchecked.
 */
export function problemsWith(value: unknown, schema: unknown): readonly string[] {
  return check(value, schema, { defs: isRecord(schema) ? schema["$defs"] : undefined, path: "" });
}

const silent: ReadonlySet<string> = new Set(["$schema", "$id", "$defs", "title", "description"]);

interface Place {
  readonly defs: unknown;
  readonly path: string;
}

function check(value: unknown, schema: unknown, place: Place): readonly string[] {
  const { path } = place;
  if (schema === false) return [`${path}: not allowed`];
  if (!isRecord(schema)) return [];
  return Object.entries(schema).flatMap(([word, rule]): readonly string[] => {
    const fails = (isRight: boolean): readonly string[] =>
      isRight ? [] : [`${path}: ${word} ${JSON.stringify(rule)}, not ${JSON.stringify(value)}`];
    switch (word) {
      case "$ref":
        return check(value, definition(String(rule), place.defs), place);
      case "type":
        return fails([rule].flat().some((type) => isOfType(value, type)));
      case "enum":
        return fails(Array.isArray(rule) && rule.includes(value));
      case "const":
        return fails(rule === value);
      case "pattern":
        return fails(typeof value !== "string" || new RegExp(String(rule), "u").test(value));
      case "minimum":
        return fails(typeof value !== "number" || value >= Number(rule));
      case "anyOf":
        return fails([rule].flat().some((one) => check(value, one, place).length === 0));
      case "items":
        return Array.isArray(value)
          ? value.flatMap((item, index) => check(item, rule, within(place, index)))
          : [];
      case "required":
        return isRecord(value)
          ? [rule].flat().flatMap((name) => fails(Object.hasOwn(value, String(name))))
          : [];
      case "properties":
        return isRecord(value) && isRecord(rule)
          ? Object.entries(rule).flatMap(([name, of]) =>
              Object.hasOwn(value, name) ? check(value[name], of, within(place, name)) : [],
            )
          : [];
      case "additionalProperties":
        return isRecord(value)
          ? Object.keys(value)
              .filter((name) => !isRecord(schema["properties"]) || !(name in schema["properties"]))
              .flatMap((name) => check(value[name], rule, within(place, name)))
          : [];
      default:
        if (!silent.has(word)) throw new Error(`cannot check ${word} of a JSON Schema`);
        return [];
    }
  });
}

const within = ({ defs, path }: Place, name: string | number): Place => ({
  defs,
  path: `${path}/${name}`,
});

function definition(reference: string, defs: unknown): unknown {
  const name = reference.replace("#/$defs/", "");
  if (!isRecord(defs) || !Object.hasOwn(defs, name)) throw new Error(`no definition ${reference}`);
  return defs[name];
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isRecord(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}
