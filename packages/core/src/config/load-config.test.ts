import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { startChild } from "../testing-kit/child.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { loadConfig } from "./load-config.ts";

const otel = new URL("../otel/index.ts", import.meta.url).href;
const redaction = new URL("../redaction/default-redactor.ts", import.meta.url).href;

const cases: readonly (readonly [behaviour: string, file: string, source: string, said: object])[] =
  [
    [
      "types are stripped",
      "spoor.config.ts",
      "const settleMs: number = 5;\nexport default { settleMs } satisfies object;",
      { settleMs: 5 },
    ],
    [
      "exporters are what the module made",
      "spoor.config.mts",
      `import { otel } from "${otel}";\nexport default { exporters: [otel({ environment: {} })] };`,
      { exporters: [{ name: "otel", consumes: "spans" }] },
    ],
    [
      "JavaScript is a config",
      "spoor.config.mjs",
      "export default { settleMs: 6 };",
      { settleMs: 6 },
    ],
    [
      "an enum is refused with what to write instead",
      "spoor.config.ts",
      "// a comment\nenum Mode { On }\nexport default { settleMs: Mode.On };",
      {
        code: "UNREADABLE",
        message:
          "spoor.config.ts:2 cannot be run as it is: TypeScript enum is not supported in strip-only mode",
        fix: "Write it without enum, namespace and parameter properties: Node strips types and compiles nothing.",
      },
    ],
    [
      "a syntax error is told with its line",
      "spoor.config.ts",
      "export default { settleMs: [1,",
      {
        code: "UNREADABLE",
        message: expect.stringMatching(/^spoor\.config\.ts:1 has a syntax error: /),
      },
    ],
    [
      "a syntax error in JavaScript is one, too",
      "spoor.config.mjs",
      "export default { settleMs: [1,",
      { code: "UNREADABLE", message: "spoor.config.mjs cannot be read: Unexpected end of input" },
    ],
    [
      "a package that is not installed is named",
      "spoor.config.ts",
      'import { otel } from "@nobody/otel";\nexport default { exporters: [otel()] };',
      {
        code: "UNREADABLE",
        message: expect.stringContaining(
          "imports what is not there: Cannot find package '@nobody/otel'",
        ),
      },
    ],
    [
      "what it throws is passed on, with the line",
      "spoor.config.ts",
      '\n\nthrow new Error("no\\nkey");',
      {
        code: "UNREADABLE",
        message: "spoor.config.ts:3 fails when it is run: no key",
        stack: expect.stringMatching(/^ConfigError: .*\n {4}at file:.*spoor\.config\.ts:3:7$/),
      },
    ],
    [
      "the line is that of the config, wherever it is thrown",
      "spoor.config.mts",
      `import { redactor } from "${redaction}";\nexport default {\n  redact: redactor({ pseudonyms: { key: "" } }),\n};`,
      {
        code: "UNREADABLE",
        message: expect.stringMatching(
          /^spoor\.config\.mts:3 fails when it is run: expected a key of pseudonyms of at least 16 bytes, received one of 0: make one at random/,
        ),
      },
    ],
    [
      "a value that is no error is told as it is",
      "spoor.config.mjs",
      'throw "no key";',
      { code: "UNREADABLE", message: "spoor.config.mjs fails when it is run: no key" },
    ],
    [
      "a default export is needed",
      "spoor.config.ts",
      "export const config = {};",
      {
        code: "UNREADABLE",
        message: "spoor.config.ts has no default export, only `config`",
        fix: "Write `export default defineConfig({ … })`.",
      },
    ],
    [
      "what it says is checked",
      "spoor.config.ts",
      "export default { exporter: [] };",
      {
        code: "INVALID",
        message:
          "spoor.config.ts cannot be used: unknown key `exporter` in config, did you mean `exporters`?",
      },
    ],
  ];

test("a config that is code is run by Node as it is", async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  const folders = cases.map(([, file, source], index) => {
    const folder = join(root, String(index));
    mkdirSync(folder);
    writeFileSync(join(folder, file), source);
    return folder;
  });
  const child = startChild(new URL("load-config.fixture.ts", import.meta.url), ...folders);
  await child.ended;
  const outcomes = child.lines().map((line): unknown => JSON.parse(line));
  expect(cases.map(([behaviour], index) => [behaviour, outcomes[index]])).toEqual(
    cases.map(([behaviour, , , said]) => [behaviour, expect.objectContaining(deep(said))]),
  );
});

/** Matches whatever has these members, at the top and in lists. */
function deep(said: object): object {
  return Object.fromEntries(
    Object.entries(said).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value)
        ? value.map((item: object) => expect.objectContaining(item) as unknown)
        : value,
    ]),
  );
}

test("an error beside the config is told with its place there", async () => {
  const failure = await refusalOf({
    "spoor.config.mjs": 'import "./labels.mjs"; export default {};',
    "labels.mjs": 'throw new Error("no labels");',
  });
  expect(failure).toMatchObject({
    message: "spoor.config.mjs fails when it is run: no labels, at labels.mjs:1",
    cause: { message: "no labels" },
  });
});

test("what is wrong is printed once where nobody catches it", async () => {
  const failure = await refusalOf({ [json]: '{ "settleMs": "2s" }' });
  expect(inspect(failure).split("`settleMs`")).toHaveLength(2);
});

async function refusalOf(files: Readonly<Record<string, string>>): Promise<unknown> {
  const dir = temporaryFolder();
  for (const [name, source] of Object.entries(files)) writeFileSync(join(dir, name), source);
  return loadConfig({ dir, environment: {} }).then(
    () => null,
    (error: unknown) => error,
  );
}

const json = "spoor.config.json";

test.each<[Readonly<Record<string, string>>, object]>([
  [
    { [json]: "{ settleMs: 1 }" },
    { code: "UNREADABLE", message: /^spoor\.config\.json is no JSON: / },
  ],
  [
    { [json]: '{ "clock": 1 }' },
    {
      code: "INVALID",
      message: /`clock`: is code: it can be said in spoor\.config\.ts, not in JSON$/,
    },
  ],
  [
    { [json]: '{ "exporters": ["otle"] }' },
    {
      code: "INVALID",
      message: /`exporters\[0\]`: there is no exporter `otle`, did you mean `otel`\?$/,
    },
  ],
  [
    { [json]: '{ "exporters": [{ "to": "langfuse" }] }' },
    {
      code: "INVALID",
      message: /`exporters\[0\]`: langfuse\(\) has no public key, set LANGFUSE_PUBLIC_KEY/,
    },
  ],
  [
    { [json]: '{ "exporters": [{ "to": "constructor" }] }' },
    { code: "INVALID", message: /there is no exporter `constructor`/ },
  ],
  [
    { [json]: '{ "exporters": [{ "to": "otel", "uri": "x" }] }' },
    { code: "INVALID", message: /unknown key `uri` in `exporters\[0\]`, did you mean `url`\?$/ },
  ],
  [
    { [json]: '{ "exporters": [{ "to": "otel", "url": "grpc://x" }] }' },
    {
      code: "INVALID",
      message: /`exporters\[0\]`: expected the address of an OTLP traces endpoint/,
    },
  ],
  [
    { [json]: '{ "exporters": [{ "to": "console", "sample": 0.1 }] }' },
    {
      code: "INVALID",
      message: /`exporters\[0\]\.sample`: an exporter of events gets all of them/,
    },
  ],
  [
    { [json]: '{ "exporters": ["otel", "otel"] }' },
    { code: "INVALID", message: /`exporters\[1\]`: `exporters\[0\]` is named otel too/ },
  ],
  [
    { [json]: "{}", "spoor.config.mjs": "" },
    { code: "AMBIGUOUS", message: /^there are spoor\.config\.mjs and spoor\.config\.json in / },
  ],
])("%j is refused in one sentence", async (files, { message, ...said }: { message?: RegExp }) => {
  expect(await refusalOf(files)).toMatchObject({
    ...said,
    message: expect.stringMatching(message ?? ""),
  });
});

test("JSON names exporters, their options and their routes", async () => {
  const dir = temporaryFolder();
  const config = {
    $schema: "./config.schema.json",
    labels: { environment: "test" },
    redact: "off",
    journal: { dir: "record" },
    exporters: [
      "console",
      {
        to: "otel",
        name: "fleet",
        url: "http://127.0.0.1:1/v1/traces",
        sample: 0.5,
        content: "full",
      },
      { to: "ndjson", file: "out.ndjson" },
    ],
  };
  writeFileSync(join(dir, json), JSON.stringify(config));
  const loaded = await loadConfig({ file: join(dir, json), environment: {} });
  expect(loaded).toMatchObject({
    labels: { environment: "test" },
    redact: "off",
    journal: { dir: join(dir, "record") },
    exporters: [
      { to: { name: "console", consumes: "events" } },
      { to: { name: "fleet", consumes: "spans" }, sample: 0.5, content: "full" },
      { to: { name: "ndjson", consumes: "events" } },
    ],
  });
});

test("a file that was named has to be there; one further up is not looked for", async () => {
  const dir = temporaryFolder();
  const below = join(dir, "below");
  mkdirSync(below);
  writeFileSync(join(dir, json), '{ "settleMs": 1 }');
  expect(await loadConfig({ dir: below, environment: {} })).toEqual({
    journal: { dir: join(below, ".spoor") },
  });
  await expect(loadConfig({ dir: below, file: json })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await loadConfig({ dir, file: null, environment: {} })).not.toHaveProperty("settleMs");
});

test("what a file may not decide is told", async () => {
  const dir = temporaryFolder();
  writeFileSync(join(dir, json), '{ "redact": "off", "settleMs": 1 }');
  const told: string[] = [];
  const redact = { profile: "strict", redact: () => null };
  const loaded = await loadConfig({
    dir,
    environment: {},
    base: { redact },
    onRefused: (sentence) => told.push(sentence),
  });
  expect(loaded).toMatchObject({ redact, settleMs: 1 });
  expect(told).toEqual([`\`redact\` of ${basename(json)} is not used: the caller has decided it`]);
});
