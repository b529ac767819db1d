import { describe, expect, test } from "vitest";
import { keys } from "./answering.fixture.ts";
import { settingsIn } from "./environment.ts";

const settings = (more: object, said: object = {}): ReturnType<typeof settingsIn> =>
  settingsIn(said, { ...keys, ...more });

test("the keys alone lead to Langfuse Cloud in the EU, and say nothing of traces", () => {
  expect(settings({})).toEqual({
    publicKey: keys.LANGFUSE_PUBLIC_KEY,
    secretKey: keys.LANGFUSE_SECRET_KEY,
    baseUrl: "https://cloud.langfuse.com",
    environment: null,
    release: null,
    sample: null,
  });
});

test.each(["LANGFUSE_BASE_URL", "LANGFUSE_BASEURL", "LANGFUSE_HOST"])(
  "%s says where Langfuse is, without the slash at its end",
  (name) => {
    expect(settings({ [name]: " https://langfuse.example/at/ " }).baseUrl).toBe(
      "https://langfuse.example/at",
    );
  },
);

test("variables that say the same do not contradict each other, and empty ones say nothing", () => {
  expect(
    settings({
      LANGFUSE_BASE_URL: "https://us.cloud.langfuse.com",
      LANGFUSE_HOST: "https://us.cloud.langfuse.com/",
      LANGFUSE_BASEURL: "",
    }).baseUrl,
  ).toBe("https://us.cloud.langfuse.com");
});

test("variables that lead to two places are refused in one sentence that names both", () => {
  expect(() =>
    settings({ LANGFUSE_BASE_URL: "https://one.example", LANGFUSE_HOST: "https://two.example" }),
  ).toThrow(
    "LANGFUSE_BASE_URL says https://one.example and LANGFUSE_HOST says https://two.example, unset one of them",
  );
});

test("what is said in code stands, whatever the variables say of it", () => {
  const said = { publicKey: "pk", secretKey: "sk", baseUrl: "http://localhost:3000" };
  expect(
    settings({ LANGFUSE_BASE_URL: "https://one.example", LANGFUSE_HOST: "https://two" }, said),
  ).toMatchObject(said);
});

test("environment, release and the share of traces are read", () => {
  expect(
    settings({
      LANGFUSE_TRACING_ENVIRONMENT: "staging",
      LANGFUSE_RELEASE: "1.2",
      LANGFUSE_SAMPLE_RATE: "0.25",
    }),
  ).toMatchObject({ environment: "staging", release: "1.2", sample: 0.25 });
});

describe("what cannot be used is refused at once, saying what to do", () => {
  test.each<[object, string]>([
    [{ LANGFUSE_PUBLIC_KEY: "" }, "set LANGFUSE_PUBLIC_KEY"],
    [{ LANGFUSE_SECRET_KEY: " " }, "set LANGFUSE_SECRET_KEY"],
    [{ LANGFUSE_PUBLIC_KEY: "sk-lf-s", LANGFUSE_SECRET_KEY: "pk-lf-p" }, "in each other's place"],
    [{ LANGFUSE_PUBLIC_KEY: '"pk-lf-p"' }, "without quotes"],
    [{ LANGFUSE_SECRET_KEY: "sk-lf\ns" }, "copy them again"],
    [{ LANGFUSE_PUBLIC_KEY: "pk:lf" }, "copy them again"],
    [{ LANGFUSE_BASE_URL: "cloud.langfuse.com" }, 'received "cloud.langfuse.com"'],
    [{ LANGFUSE_BASE_URL: "https://u:p@x.example" }, "credentials"],
    [{ LANGFUSE_HOST: "https://x.example/api/public/otel" }, "what stands before /api/public"],
    [{ LANGFUSE_TRACING_ENVIRONMENT: "Production" }, 'received "Production"'],
    [{ LANGFUSE_TRACING_ENVIRONMENT: "langfuse-x" }, "not beginning with"],
    [{ LANGFUSE_SAMPLE_RATE: "10%" }, "from 0 to 1"],
  ])("%j", (more, words) => {
    expect(() => settings(more)).toThrow(words);
  });

  test.each([
    { LANGFUSE_BASE_URL: "sk-lf-hush" },
    { LANGFUSE_HOST: "hush" },
    { LANGFUSE_BASE_URL: "//user:hush@langfuse.example" },
    { LANGFUSE_BASE_URL: "https://langfuse.example/?key=hush" },
  ])("and what stands there in the place of an address is not told: %j", (more) => {
    expect(() => settings(more)).toThrow(/^expected the address of a Langfuse(?!.*hush)/);
  });

  test("and no secret is told", () => {
    const secret = "sk-lf-very\nsecret";
    let told = "";
    try {
      settings({ LANGFUSE_SECRET_KEY: secret });
    } catch (error) {
      told = String(error);
    }
    expect(told).toContain("keys of Langfuse");
    expect(told).not.toMatch(/very|secret$/);
  });
});
