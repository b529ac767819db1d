import { describe, expect, test } from "vitest";
import { redactor } from "./default-redactor.ts";
import type { Redactor } from "./redactor.ts";
import { looksTaken } from "./looks.fixture.ts";

/** Each makes one rule begin its work again and again, or go far without finding an end. */
const families: Readonly<Record<string, readonly string[]>> = {
  "names of secrets": [
    "password=",
    "password=$(",
    "password=${",
    "PASSWORD=$(",
    "password: ",
    "password: abc ",
    "token=a.b+",
    "token=this.a+",
    "token:abcDef:",
    "{token:a.b,c:1}",
    "?token=$(",
    "&token=${x}",
    ";token=abc",
    "token: <",
    "password=/a",
    "-password",
    "aaaaaaaa:",
    "]:",
    "token']:",
    "x   :",
  ],
  quotes: [
    'password="',
    'password="\n',
    "password='x\\",
    'password=\\"',
    'password=\\\\\\"',
    'password=\\\\\\\\"',
    'password="\\"',
    'password="${a}" ',
    "password='\n\"",
    'password="""',
    "password=&quot;",
    "{\\u0022password\\u0022:",
    '"token":"x" ',
    "\\",
    '\\\\"',
    '"',
  ],
  brackets: [
    '"password":{',
    '"password":[',
    '"password":{"type":',
    '"password":{"type":"string","properties":{',
    '"password":{"type":"string"}',
    '"password":{"a":"}',
    '"tokens":[1,2],',
    `"tokens":[${"1,".repeat(120)}`,
    '"password":\n\n\n',
    '{"name":"x","value":',
    'name:"password",value:${',
  ],
  headers: [
    "cookie:a.b ",
    "cookie: ",
    'cookie: a="\n',
    'cookie: a="b"; ',
    "\ncookie: a='",
    'authorization: Digest a=\\"',
    "cookie: it's ",
  ],
  blocks: [
    "password: |\n",
    "password: |\n\n",
    "\npassword: |\n  a",
    "\nsecrets:\n  - a",
    "\nsecrets:\n- a1\n",
    "\n   password: >",
  ],
  flags: ["--", "--password ", "--token x", '"--password","', '"--password",\n', "-"],
  "private keys": [
    "-----",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "A-----END PRIVATE KEY-----",
    `${"A".repeat(100)}-----END PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----${"A".repeat(39)} `,
    `-----BEGIN PRIVATE KEY-----\n${"A".repeat(64)}\n`,
    `-----BEGIN PRIVATE KEY-----${" ".repeat(500)}`,
    `${"A".repeat(64)}\n> `,
    "-----BEGIN PRIVATE KEY----- -----END ",
  ],
  "users and passwords": [
    "://",
    "://a:b",
    "://a:@",
    `://${"a".repeat(300)}:`,
    `://a:${"b".repeat(511)} `,
    "curl ",
    "curl -u ",
    "curl -u a:",
    "curl --user $a:b\n",
    "curl\ncurl -u a:b ",
    "Basic ",
    "Basic aaaaaaaaaaaa ",
    `basic ${"a".repeat(600)}`,
  ],
  "keys of vendors": [
    "sk-",
    "sk-ant-",
    "sk-aaaaaaaaaaaaaaaaaaaaaaaaa ",
    "eyJ",
    `eyJ${"a".repeat(20)}.`,
    `eyJ${"a".repeat(20)}.aaaa.`,
    "Bearer ",
    `Bearer ${"a".repeat(20)} `,
    `aaa1Q~${"a".repeat(30)} `,
    `ya29.${"a".repeat(19)} `,
    `${"a".repeat(22)}~`,
    `123456789:${"a".repeat(36)}`,
    `discord.com/api/webhooks/1234567890/${"a".repeat(29)} `,
    "AKIA",
    "_",
  ],
  "e-mail addresses": [
    "@",
    "a@",
    "a@a.",
    "ada@example.org ",
    `${"a".repeat(64)}@b.1`,
    `x@${"a.".repeat(8)}1`,
    `@${"a-".repeat(30)}.`,
    ":a@b.co",
  ],
  cards: [
    "4",
    "4 ",
    "4-4-",
    "44 44 ",
    "4444 ",
    "4111 1111 1111 1112 ",
    "4111 1111 1111 1111 ",
    "37 ",
  ],
  "nothing at all": [
    " ",
    "\n",
    "\0",
    "é",
    "word ",
    ":",
    "=",
    "x:",
    "key: value\n",
    "[redacted:email] ",
  ],
};

/** With a redactor of its own, because one remembers what it has looked through. */
const looksAt = (text: string, byDefault: Redactor = redactor()): number =>
  looksTaken(() => void byDefault.redact(text, "tool.output"));
const filled = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length));

function quadratic(text: string): void {
  for (let at = 0; at >= 0; at = text.indexOf("a", at + 1)) text.includes("z", at);
}

/** Long enough that a bound on how far a rule looks is far behind. */
const length = 8_000;
const mostLooks = 300;

describe("what a rule looks at", () => {
  test.each(
    Object.entries(families).flatMap(([rule, pieces]) => pieces.map((piece) => [rule, piece])),
  )("grows with the text and no faster: %s, %j", (_, piece = "") => {
    const once = looksAt(filled(piece, length));
    const fourfold = looksAt(filled(piece, 4 * length));
    expect(fourfold / once).toBeLessThan(6);
    expect(fourfold / (4 * length)).toBeLessThan(mostLooks);
  });

  test("is nothing where the same text held no secret a moment ago", () => {
    const byDefault = redactor();
    const harmless = filled("track along the river, ", 1_200);
    expect(looksAt(harmless, byDefault)).toBeGreaterThan(0);
    expect(looksAt(harmless, byDefault)).toBe(0);
    const secret = `${harmless} ada@example.org`;
    const left = byDefault.redact(secret, "tool.output");
    expect(byDefault.redact(secret, "tool.output")).toBe(left);
    expect(left).not.toContain("ada@");
  });

  test("is counted: a rule that looks at the rest of the text from each place is found out", () => {
    const once = looksTaken(() => quadratic("a".repeat(100)));
    expect(looksTaken(() => quadratic("a".repeat(400))) / once).toBeGreaterThan(12);
  });
});
