import { onOneLine } from "../../terminal/one-line.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { gistOf } from "../text/gist.ts";

/** A value in a few words, on one line, safe to print. */
export const excerpt = (value: JsonValue): string => onOneLine(gistOf(value));
