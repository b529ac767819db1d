export { eventJsonSchema } from "./json-schema.ts";
export type { Malformed } from "./locate.ts";
export type { ParsedEvent } from "./parse.ts";
export { parseEvent, parseEventLine } from "./parse.ts";
