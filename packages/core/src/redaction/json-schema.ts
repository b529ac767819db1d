import { isRecord, type JsonValue } from "../vocabulary/json.ts";

const types: ReadonlySet<unknown> = new Set([
  "string",
  "number",
  "integer",
  "boolean",
  "object",
  "array",
  "null",
]);
const keywords: ReadonlySet<string> = new Set(
  (
    "$anchor $comment $defs $dynamicAnchor $dynamicRef $id $ref $schema additionalItems additionalProperties allOf anyOf contains " +
    "contentEncoding contentMediaType contentSchema definitions dependencies dependentRequired dependentSchemas deprecated description else " +
    "exclusiveMaximum exclusiveMinimum format if items maxContains maxItems maxLength maxProperties maximum minContains minItems minLength " +
    "minProperties minimum multipleOf not nullable oneOf optional pattern patternProperties prefixItems properties propertyNames readOnly required " +
    "then title type unevaluatedItems unevaluatedProperties uniqueItems writeOnly"
  ).split(" "),
);

/** A JSON Schema in the place of a secret describes it and does not hold it. With a default or an example it may. */
export function isJsonSchema(value: JsonValue): boolean {
  if (!isRecord(value)) return false;
  const { type } = value;
  const isTyped =
    types.has(type) ||
    (Array.isArray(type) && type.length > 0 && type.every((each) => types.has(each)));
  const isKnown = isTyped || typeof value["$ref"] === "string" || Array.isArray(value["anyOf"]);
  return isKnown && Object.keys(value).every((name) => keywords.has(name));
}
