import type { Outcome } from "@spoor/core";
import { type Fields, fieldsOf, textOf } from "../../reading/narrow.ts";

const errorName =
  /^(?:<class ')?(?:[\w.]*\.)?([A-Z]\w*(?:Error|Exception|Interrupt|Exit|Timeout))\b/;

/** What kind of error a text of CrewAI tells of; `error` where it does not tell. */
export function errorTypeOf(fields: Fields): string {
  const failure = fieldsOf(fields["failure"]);
  const words = [fields["error_type"], fields["error"], failure["code"], failure["reason"]];
  for (const word of words.flatMap((value) => textOf(value) ?? [])) {
    const [, name] = errorName.exec(word) ?? [];
    if (name !== undefined) return name;
  }
  return (textOf(failure["reason"]) ?? codeIn(textOf(fields["error"]) ?? "") ?? "error").slice(
    0,
    200,
  );
}

/** As the clients of model servers say what they were refused with. */
function codeIn(error: string): string | undefined {
  const [, code] = /\bError code: (\d{3})\b/.exec(error) ?? [];
  return code === undefined ? undefined : `HTTP ${code}`;
}

export const failed = (fields: Fields, passedOn: boolean): Outcome => ({
  status: "error",
  errorType: errorTypeOf(fields),
  ...(passedOn ? { passedOn: true } : {}),
});

/** The same failure, on its way outwards: one text holds the other. */
export const saysTheSame = (inner: string | undefined, outer: string): boolean =>
  inner !== undefined && inner !== "" && (outer.includes(inner) || inner.includes(outer));
