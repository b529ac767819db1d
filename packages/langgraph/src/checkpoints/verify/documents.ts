import type { ContentAnswer, ContentReader, Held } from "@spoor/core";
import { isRecord } from "@spoor/core";
import type { StateDocument } from "../digest/state-document.ts";
import type { WritesDocument } from "../digest/writes-document.ts";

/** A document of digests as a journal gives it back, or why it does not. */
export type Read<Document> =
  | { readonly document: Document; readonly gone?: undefined }
  | { readonly document?: undefined; readonly gone: string };

export const readState = (held: Held | undefined, content: ContentReader): Read<StateDocument> =>
  readAs("spoor-state/1", held, content);

export const readWrites = (held: Held | undefined, content: ContentReader): Read<WritesDocument> =>
  readAs("spoor-writes/1", held, content);

/** Of another form: a later version has written it. */
function readAs<Document extends { readonly form: string }>(
  form: Document["form"],
  held: Held | undefined,
  content: ContentReader,
): Read<Document> {
  if (held === undefined) return { gone: "was not recorded" };
  const answer = content.read(held);
  if (answer.kind !== "value") return { gone: reasons[answer.kind] };
  if (answer.cutFrom !== undefined) return { gone: "was cut, because it was too long" };
  if (!isRecord(answer.value) || answer.value["form"] !== form)
    return { gone: "is in a form that this version does not know" };
  return { document: answer.value as unknown as Document };
}

const reasons: Readonly<Record<Exclude<ContentAnswer["kind"], "value">, string>> = {
  withheld: "was withheld by the redaction",
  erased: "was erased",
  removed: "was removed by retention",
  missing: "is missing in the journal",
};
