import { fieldsIn } from "../wire/protobuf/read-fields.ts";
import type { Answer } from "./answer.ts";

const longest = 300;

export const isProtobuf = ({ contentType }: Pick<Answer, "contentType">): boolean =>
  /^\s*application\/x-protobuf\b/i.test(contentType ?? "");

/** Why a collector refused, in its own words and on one line, behind a colon; empty where it gave no reason. */
export function saying(answer: Pick<Answer, "contentType" | "body">): string {
  if (!isProtobuf(answer)) return said(textOf(answer.body));
  const message = fieldsIn(answer.body).get(2);
  return message instanceof Uint8Array ? said(textOf(message)) : "";
}

export function said(words: string): string {
  const line = words.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  if (line === "") return "";
  return `: ${line.length > longest ? `${line.slice(0, longest)}…` : line}`;
}

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
