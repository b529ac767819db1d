import type { JsonValue } from "../../../../../vocabulary/json.ts";
import { textOf } from "../../../json-text.ts";
import { withoutBytes } from "./without-bytes.ts";

/** What was said, as one value of metadata: as text, because servers take an object apart and join the names of what lies in it with dots. */
export const asMetadata = (said: JsonValue): string => textOf(withoutBytes(said));
