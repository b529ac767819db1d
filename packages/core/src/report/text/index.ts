export { countText } from "./count.ts";
export { durationText } from "./duration.ts";
export { type Compared, type ListChange, listChanges } from "./list-changes.ts";
export { costText, dollarsText, type Priced } from "./money.ts";
export { sharedEnds } from "./shared-ends.ts";
export { type LineChange, type TextChange, textChange } from "./text-change.ts";
export { cachedText, inputOf, tokensText, unattributedTexts } from "./tokens.ts";
export type { WordChange } from "./word-changes.ts";
export { columnsOf, padTo } from "../../terminal/columns.ts";
