import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../testing-kit/runs.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import { redactor } from "./default-redactor.ts";
import type { RedactionRules } from "./rules.ts";
import { harmlessTexts, pem, planted, plantedTexts, vendorSecrets } from "./planted.fixture.ts";

const secrets = [
  ...Object.values(vendorSecrets),
  ...plantedTexts,
  pem,
  "ada@example.org",
  "4111 1111 1111 1111",
];
const fragment = fc.oneof(
  fc.constantFrom(...secrets, ...harmlessTexts),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom(
    " ",
    "\n",
    '"',
    "\\",
    "'",
    "=",
    ": ",
    "&",
    ";",
    "[",
    "{",
    "password",
    "token=",
    "[redacted:email]",
    "Bearer ",
    "Basic YWRhOnNlY3JldA==",
    "curl ",
    " -u ada:",
    '"name":"apiKey",',
    '"value":',
    ": |\n  ",
    ":\n  - x1",
    "\\u0022",
    "&quot;",
    " => ",
    "[cut: 12 characters]",
    "cookie: a=",
    "--",
    "@",
    ".",
  ),
);
const text = fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join(""));
const name = fc.oneof(
  text,
  fc.constantFrom(
    "password",
    "apiKey",
    "tokens",
    "author",
    "type",
    "thinking",
    "__proto__",
    "text",
    "name",
    "key",
    "value",
    "pwd",
    "logprob",
  ),
);
const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom<JsonValue>(null, true, 0, 12, 4111111111111111, "thinking", "reasoning"),
    fc.constantFrom("password", "--token", "X-Api-Key", "k1", "1.2.0", "JWT", "/a", "string"),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(name, tie("value")), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries) as JsonValue),
  ),
})).value;

const redactorOf = (
  rules: RedactionRules = {},
): ((value: JsonValue, field: string) => JsonValue) => {
  const made = redactor(rules);
  return (value, field) => made.redact(value, field);
};

const under = (key: string, value: string): JsonValue =>
  redactor({ pseudonyms: { key: longKey(key) } }).redact(value, "turn.input");

const longKey = (letter: string): string => letter.repeat(16);

describe("redaction", () => {
  const redactors = {
    "by default": redactorOf(),
    "with pseudonyms": redactorOf({ pseudonyms: { key: longKey("k") } }),
  };
  test.each(Object.entries(redactors))("twice is redaction once, %s", (_, redact) => {
    fc.assert(
      fc.property(json, (value) => {
        const before = JSON.stringify(value);
        const once = redact(value, "tool.input");
        expect(redact(once, "tool.input")).toEqual(once);
        expect(JSON.stringify(value)).toBe(before);
      }),
      { numRuns: runs(3_000) },
    );
  });

  test("leaves nothing of what was planted, wherever it stands", () => {
    const redact = redactorOf();
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(vendorSecrets)),
        fc.constantFrom(...plantedTexts),
        fc.nat(300),
        (key, named, depth) => {
          let value: JsonValue = {
            [`for ${key}`]: [key, named, { note: `${named}\n${key}` }],
            password: { deep: planted },
          };
          for (let level = 0; level < depth; level += 1)
            value = level % 2 === 0 ? [value] : { value };
          const left = JSON.stringify(redact(value, "tool.input"));
          expect(left).not.toContain(planted);
          expect(left).not.toContain(key.slice(12));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("gives the same object back where there is nothing to replace, and shares what it can", () => {
    const redact = redactorOf();
    const harmless = { a: [1, "two", { three: null }] };
    expect(redact(harmless, "tool.input")).toBe(harmless);
    const left = redact({ harmless, password: "x" }, "tool.input") as Record<string, unknown>;
    expect(left["harmless"]).toBe(harmless);
  });

  test("of names that are replaced by the same words keeps each field", () => {
    expect(redactor().redact({ "ada@example.org": 1, "bob@example.org": 2 }, "native")).toEqual({
      "[redacted:email]": 1,
      "[redacted:email] 2": 2,
    });
  });

  test("by name replaces whatever stands there, but no flag, no number of tokens and no schema", () => {
    const left = redactor().redact(
      {
        password: 12345,
        secret: ["a"],
        apiKey: { a: 1 },
        cvv: 123,
        tokens: 12,
        token: true,
        cookie: null,
        credentials: "",
        properties: { password: { type: "string" } },
      },
      "tool.input",
    );
    expect(left).toEqual({
      password: "[redacted:password]",
      secret: "[redacted:secret]",
      apiKey: "[redacted:api-key]",
      cvv: "[redacted:cvv]",
      tokens: 12,
      token: true,
      cookie: null,
      credentials: "",
      properties: { password: { type: "string" } },
    });
  });

  test("by the other half of a pair, and by what stands before it in a list", () => {
    const left = redactor().redact(
      {
        env: [
          { name: "DB_PASSWORD", value: "x" },
          { value: ["y"], key: "apiKey" },
          { name: "USER", value: "ada" },
        ],
        headers: [
          ["Authorization", "Basic x"],
          ["Accept", "text/html"],
        ],
        rawHeaders: ["host", "a", "x-api-key", "k1"],
        arguments: ["mysql", "--password", "hunter", "--token", "--verbose"],
        required: ["password", "email"],
        fields: ["id", "password", "k1"],
      },
      "tool.input",
    );
    expect(left).toEqual({
      env: [
        { name: "DB_PASSWORD", value: "[redacted:password]" },
        { value: "[redacted:api-key]", key: "apiKey" },
        { name: "USER", value: "ada" },
      ],
      headers: [
        ["Authorization", "[redacted:authorization]"],
        ["Accept", "text/html"],
      ],
      rawHeaders: ["host", "a", "x-api-key", "[redacted:api-key]"],
      arguments: ["mysql", "--password", "[redacted:password]", "--token", "--verbose"],
      required: ["password", "email"],
      fields: ["id", "password", "k1"],
    });
  });

  test("takes a private key whose lines are items of a list, and nothing behind it", () => {
    const lines = pem.split("\n");
    const key = "[redacted:private-key]";
    expect(redactor().redact(["before", ...lines, "after"], "native")).toEqual([
      "before",
      ...lines.map(() => key),
      "after",
    ]);
    const keeping = redactor({ patterns: { without: ["private-key"] } });
    expect(keeping.redact(lines, "native")).toBe(lines);
    const cut = redactor().redact([...lines.slice(0, 4), "what follows is no key"], "native");
    expect(cut).toEqual([key, key, key, key, "what follows is no key"]);
  });

  test("leaves what has the name of a secret and is none by its form", () => {
    const harmless = {
      pwd: "/srv/app",
      credentials: "include",
      dependencies: { cookie: "^1.0.0", "js-tokens": "~10.0.0" },
      tokens: "12,345",
      logprobs: [{ token: "Hello" }, { token: "Representation", logprob: -0.3 }],
      password: { type: "string", title: "Password" },
      token: { anyOf: [{ type: "string" }, { type: "null" }] },
    };
    expect(redactor().redact(harmless, "tool.input")).toBe(harmless);
    const holding = {
      password: { type: "string", value: "x" },
      credentials: { type: "object", data: "x" },
      pwd: "hunter2",
      DB_PWD: "/srv/app",
      otp: 493021,
      token: "493021",
    };
    expect(Object.values(redactor().redact(holding, "tool.input") as object)).toEqual([
      "[redacted:password]",
      "[redacted:credential]",
      "[redacted:password]",
      "[redacted:password]",
      "[redacted:otp]",
      "[redacted:token]",
    ]);
  });

  test("of a text finds what it finds in what the text says", () => {
    const redact = redactorOf();
    fc.assert(
      fc.property(
        fc.constantFrom("password", "apiKey", "credentials", "clientsecret", "X-Api-Key"),
        fc.array(fc.constantFrom("}", "]", '"', "\\", "{", "a", " ", "\n", "'"), { maxLength: 6 }),
        fc.nat(3),
        fc.boolean(),
        (secretName, noise, depth, isPair) => {
          const value = { [noise.join("")]: noise.join(""), note: planted };
          let said: JsonValue = isPair
            ? [{ name: secretName, value: planted }]
            : { [secretName]: value };
          for (let level = 0; level <= depth; level += 1) said = { text: JSON.stringify(said) };
          expect(JSON.stringify(redact(said, "tool.input"))).not.toContain(planted);
        },
      ),
      { numRuns: runs(1_000) },
    );
  });

  test("says what it replaced", () => {
    const rules: string[] = [];
    redactor().redact(
      { password: "x", text: "ada@example.org and bob@example.org" },
      "native",
      (rule) => rules.push(rule),
    );
    expect(rules.toSorted()).toEqual(["email", "email", "password"]);
  });

  test("goes down a hundred thousand levels", () => {
    let value: JsonValue = { password: "x" };
    for (let level = 0; level < 100_000; level += 1) value = [value];
    let left = redactor().redact(value, "native");
    while (Array.isArray(left)) left = left[0] as JsonValue;
    expect(left).toEqual({ password: "[redacted:password]" });
  });
});

describe("thinking", () => {
  const message = {
    role: "assistant",
    reasoning_content: "deep thoughts",
    content: [
      { type: "thinking", thinking: "deep thoughts", signature: "deep thoughts" },
      { type: "redacted_thinking", data: "deep thoughts" },
      { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "deep thoughts" }] },
      { type: "text", text: "hello" },
    ],
  };

  test("is not kept unless asked for, and says so", () => {
    const left = redactor().redact(message, "model.output");
    expect(JSON.stringify(left)).not.toContain("deep thoughts");
    expect(left).toMatchObject({
      content: [
        { type: "thinking", thinking: "[withheld:thinking]" },
        {},
        { id: "rs_1" },
        { text: "hello" },
      ],
    });
    expect(redactor({ withhold: [] }).redact(message, "model.output")).toBe(message);
  });

  test("is not what a setting or a count of that name says", () => {
    const parameters = {
      thinking: { type: "enabled", budget_tokens: 1024 },
      reasoning: { effort: "high" },
      usage: { reasoning: 12 },
    };
    expect(redactor().redact(parameters, "model.parameters")).toBe(parameters);
  });
});

describe("rules", () => {
  test("of one's own are named in the profile, and the same rules have the same name", () => {
    expect(redactor().profile).toBe("spoor-default/1");
    expect(redactor({}).profile).toBe("spoor-default/1");
    const one = redactor({ names: { add: ["note"] }, withhold: ["tool.input"] }).profile;
    expect(one).toMatch(/^spoor-default\/1\+[0-9a-f]{8}$/);
    expect(redactor({ withhold: ["tool.input"], names: { add: ["note"] } }).profile).toBe(one);
    expect(redactor({ pseudonyms: { key: longKey("a") } }).profile).not.toBe(
      redactor({ pseudonyms: { key: longKey("b") } }).profile,
    );
  });

  test.each([
    ["", "one of 0"],
    ["k".repeat(15), "one of 15"],
    [new Uint8Array(15), "one of 15"],
  ])("have no key of pseudonyms that could be guessed, such as %j", (key, received) => {
    expect(() => redactor({ pseudonyms: { key } })).toThrow(
      `expected a key of pseudonyms of at least 16 bytes, received ${received}: make one`,
    );
    expect(() => redactor({ pseudonyms: { key: new Uint8Array(16) } })).not.toThrow();
  });

  test("have no pseudonyms under a variable that nobody has set", () => {
    const unset: unknown = { pseudonyms: { key: undefined } };
    expect(() => redactor(unset as RedactionRules)).toThrow("16 bytes, received none");
  });

  test("switch content off by place, a context as a whole, and nothing else", () => {
    const mine = redactor({
      withhold: ["tool.input", "context"],
      fields: { native: "withhold" },
    });
    expect(
      ["tool.input", "context.messages", "context.tools", "native"].map((place) =>
        mine.withholds?.(place),
      ),
    ).toEqual([true, true, true, true]);
    expect(["tool.output", "model.input", "name"].map((place) => mine.withholds?.(place))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("for one place keep it as it is, or make of it what they like", () => {
    const redact = redactorOf({
      fields: { "session.userId": "keep", "tool.input": () => ({ password: "x", hidden: true }) },
    });
    expect(redact("ada@example.org", "session.userId")).toBe("ada@example.org");
    expect(redact("ada@example.org", "turn.input")).toBe("[redacted:email]");
    expect(redact("anything", "tool.input")).toEqual({
      password: "[redacted:password]",
      hidden: true,
    });
  });

  test("add patterns and leave others out", () => {
    const redact = redactorOf({
      patterns: {
        add: [{ name: "ticket", find: /TICKET-\d+/, gate: "TICKET" }],
        without: ["email"],
      },
    });
    expect(redact("TICKET-1 by ada@example.org, TICKET-22", "native")).toBe(
      "[redacted:ticket] by ada@example.org, [redacted:ticket]",
    );
    expect(() => redactor({ patterns: { add: [{ name: "No Name", find: /x/ }] } })).toThrow(
      /No Name/,
    );
  });

  test("give the same address the same pseudonym under one key, however it is written", () => {
    expect(under("a", "Ada@Example.org")).toMatch(/^\[email:[0-9a-f]{12}\]$/);
    expect(under("a", "Ada@Example.org")).toBe(under("a", "ada@example.org"));
    expect(under("a", "ada@example.org")).not.toBe(under("b", "ada@example.org"));
    expect(under("a", "4111 1111 1111 1111")).toBe(under("a", "4111111111111111"));
  });
});

const asUserId = (value: string, rules: RedactionRules = {}): JsonValue =>
  redactor(rules).redact(value, "session.userId");

describe("a user id", () => {
  test("that is an e-mail stays, so that users are told apart", () => {
    expect(asUserId("ada@example.org")).toBe("ada@example.org");
    expect(asUserId("mail ada@example.org")).toBe("mail [redacted:email]");
    expect(redactor().redact("ada@example.org", "turn.input")).toBe("[redacted:email]");
  });

  test("has a pseudonym where that is asked for, and is no secret otherwise", () => {
    expect(asUserId("ada@example.org", { pseudonyms: { key: longKey("k") } })).toMatch(
      /^\[email:[0-9a-f]{12}\]$/,
    );
    expect(asUserId(`${vendorSecrets["aws-key"]}@example.org`)).not.toContain("AKIA");
  });
});
