import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { starterConfig } from "../init/starter-config.ts";
import { allWirings } from "../init/wiring.ts";
import { runIn, temporaryFolder } from "../spoor.fixture.ts";

function projectWith(manifest: object | string | null): string {
  const cwd = temporaryFolder();
  if (manifest !== null)
    writeFileSync(
      join(cwd, "package.json"),
      typeof manifest === "string" ? manifest : JSON.stringify(manifest),
    );
  return cwd;
}

const begun = async (cwd: string) =>
  JSON.parse((await runIn(cwd, ["init", "--json"])).stdout) as Record<string, unknown>;

test.each([
  [{ dependencies: { "@langchain/langgraph": "^1" } }, ["LangGraph.js"]],
  [{ devDependencies: { "@anthropic-ai/claude-agent-sdk": "*" } }, ["Claude Agent SDK"]],
  [{ dependencies: { kaibanjs: "0.23.1" } }, ["KaibanJS"]],
  [{ dependencies: { "@nats-io/transport-node": "3" } }, ["actors over a queue or a bus"]],
  [
    { peerDependencies: { langchain: "1" }, dependencies: { bullmq: "6" } },
    ["LangGraph.js", "actors over a queue or a bus"],
  ],
  [{ dependencies: { "@openai/agents": "0.20" } }, ["OpenAI Agents"]],
  [{ dependencies: { "@spoor/autogen": "0" } }, ["actors over a queue or a bus"]],
  [{ dependencies: { "@spoor/crew": "0" } }, ["a crew of your own making"]],
  [{ dependencies: { "@spoor/crew": "0", kaibanjs: "1" } }, ["KaibanJS"]],
  [{ dependencies: { express: "5" } }, []],
  [{}, []],
])("what a project depends on tells its framework: %j", async (manifest, frameworks) => {
  expect(await begun(projectWith(manifest))).toMatchObject({ frameworks, written: true });
});

test("a config is written in the language of the project", async () => {
  const cwd = projectWith({
    type: "module",
    dependencies: { langchain: "1" },
  });
  const { code, stdout } = await runIn(cwd, ["init"]);
  expect(code).toBe(0);
  expect(stdout).toContain("Found in package.json: LangGraph.js.\nWrote spoor.config.ts.\n");
  expect(stdout).toContain("  npm install @spoor/core @spoor/langgraph @spoor/cli\n");
  expect(readFileSync(join(cwd, "spoor.config.ts"), "utf8")).toBe(starterConfig);
  expect(await begun(projectWith({ dependencies: {} }))).toMatchObject({
    config: "spoor.config.mts",
  });
});

test("the same packages are named to people and to programs", async () => {
  expect(await begun(projectWith({ dependencies: { langchain: "1" } }))).toMatchObject({
    packages: ["@spoor/core", "@spoor/langgraph", "@spoor/cli"],
  });
});

async function lastLineFor(...names: readonly string[]): Promise<string | undefined> {
  const dependencies = Object.fromEntries(names.map((name) => [name, "*"]));
  const { stdout } = await runIn(projectWith({ dependencies }), ["init"]);
  return stdout.trimEnd().split("\n").at(-1);
}

test("the last line names the guide of what was found, each once", async () => {
  expect(await lastLineFor("langchain", "kaibanjs", "@openai/agents")).toBe(
    "The guide, in Spoor's repository: docs/guides/langgraph.md, docs/guides/crews.md",
  );
  expect(await lastLineFor("express")).toMatch(/docs\/guides\/no-framework\.md$/);
});

test("what is installed already is not asked for again", async () => {
  const dependencies = {
    langchain: "1",
    "@spoor/core": "0",
    "@spoor/langgraph": "0",
    "@spoor/cli": "0",
  };
  expect((await runIn(projectWith({ dependencies }), ["init"])).stdout).not.toContain(
    "npm install",
  );
});

test("a config that is there stays as it is, whatever it is written in", async () => {
  const cwd = projectWith({ type: "module" });
  writeFileSync(join(cwd, "spoor.config.json"), "{}");
  const { code, stdout } = await runIn(cwd, ["init"]);
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("Left spoor.config.json as it is."),
  });
  expect(readFileSync(join(cwd, "spoor.config.json"), "utf8")).toBe("{}");
  expect(readdirSync(cwd).toSorted()).toEqual(["package.json", "spoor.config.json"]);
});

test("without a package.json there is a config and a word about it", async () => {
  const cwd = projectWith(null);
  const { code, stdout } = await runIn(cwd, ["init"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^There is no package\.json here/);
  expect(existsSync(join(cwd, "spoor.config.mts"))).toBe(true);
});

test.each([
  ["{", "is not JSON: correct it, then run spoor init again"],
  ["[]", "is not a manifest: it should hold one JSON object"],
])("a manifest of %s is one sentence, and nothing is written", async (manifest, sentence) => {
  const cwd = projectWith(manifest);
  const { code, stderr } = await runIn(cwd, ["init"]);
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
  expect(readdirSync(cwd)).toEqual(["package.json"]);
});

test("it takes no names and no folder of a journal", async () => {
  expect((await runIn(temporaryFolder(), ["init", "x"])).code).toBe(2);
  expect((await runIn(temporaryFolder(), ["init", "--dir", "x"])).stderr).toContain(
    "takes no --dir",
  );
});

test.each(allWirings)("the guide for $title is there", ({ guide }) => {
  expect(existsSync(new URL(`../../../../${guide}`, import.meta.url))).toBe(true);
});

test.each(allWirings.map(({ title, lines }) => ({ title, lines })))(
  "the lines for $title import what is there",
  async ({ lines }) => {
    const imports = lines.flatMap((line) => {
      const [, names, module] = /^import \{ (.*) \} from "(@spoor\/.*)";$/.exec(line) ?? [];
      return names === undefined || module === undefined
        ? []
        : [{ names: names.split(", "), module }];
    });
    expect(imports.length).toBeGreaterThan(0);
    for (const { names, module } of imports)
      expect(Object.keys((await import(/* @vite-ignore */ module)) as object)).toEqual(
        expect.arrayContaining(names),
      );
  },
);
