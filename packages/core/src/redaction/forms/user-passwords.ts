import { Buffer } from "node:buffer";
import { isMarker } from "../marker.ts";
import { type Finding, mostFindings, nothing, type TextRule } from "../text/text-rule.ts";

const name = "url-password";
const inUrl = /([^\s/?#"'`<>@:\\]{0,256}:)([^\s/?#"'`<>\\]{1,512})@/y;
const option =
  /(?:-u|--user)(?:[ \t=]{1,4}|(?=\w))\\{0,7}["']?[^\s:"'`\\$-][^\s:"'`\\$]{0,127}:([^\s"'`\\$][^\s"'`\\]{0,255})/y;
/** A backslash joins the next line to a command. */
const lineEnd = /(?<!\\)\n/;
const encoded = /Basic {1,4}([A-Za-z0-9+/]{8,512}={0,2})/y;
/** A longer command is none that somebody typed. */
const longestCommand = 500;

/** A password that stands behind its user's name: `scheme://user:password@host`, `curl -u user:password`, `Basic dXNlcjpwYXNzd29yZA==`. */
export const userPasswords: readonly TextRule[] = [
  { name, shortest: 6, marks: "@", find: (text) => eachAt("//", text, passwordOfUrl) },
  { name, shortest: 11, marks: ":", find: (text) => eachAt("-u", text, passwordOfCommand) },
  { name, shortest: 14, marks: "B", find: (text) => eachAt("Basic ", text, credentials) },
];

function eachAt(
  anchor: string,
  text: string,
  findingAt: (text: string, at: number) => Finding | null,
): readonly Finding[] {
  let at = text.indexOf(anchor);
  if (at < 0) return nothing;
  const found: Finding[] = [];
  while (at >= 0 && found.length < mostFindings) {
    const finding = findingAt(text, at);
    if (finding) found.push(finding);
    at = text.indexOf(anchor, finding?.to ?? at + anchor.length);
  }
  return found;
}

function passwordOfUrl(text: string, at: number): Finding | null {
  if (text[at - 1] !== ":") return null;
  inUrl.lastIndex = at + 2;
  const [, user = "", password = ""] = inUrl.exec(text) ?? [];
  if (password === "" || isMarker(password)) return null;
  const from = at + 2 + user.length;
  return { from, to: from + password.length, rule: "password" };
}

function passwordOfCommand(text: string, at: number): Finding | null {
  const from = text[at - 1] === "-" ? at - 1 : at;
  if (!" \t\n".includes(text[from - 1] ?? ".")) return null;
  option.lastIndex = from;
  const password = option.exec(text)?.[1] ?? "";
  if (password === "" || isMarker(password)) return null;
  const before = text.slice(Math.max(0, from - longestCommand), from);
  const curl = before.lastIndexOf("curl ");
  if (curl < 0 || lineEnd.test(before.slice(curl))) return null;
  const to = option.lastIndex;
  return { from: to - password.length, to, rule: "password" };
}

/** `Basic knowledge` is none: what is encoded has a colon in it, and nothing that cannot be typed. */
function credentials(text: string, at: number): Finding | null {
  encoded.lastIndex = at;
  const [all = "", base64 = ""] = encoded.exec(text) ?? [];
  const isTyped = /^[\u0020-\u007e]*:[\u0020-\u007e]*$/;
  if (base64 === "" || !isTyped.test(Buffer.from(base64, "base64").toString("latin1"))) return null;
  return { from: at + all.length - base64.length, to: at + all.length, rule: "password" };
}
