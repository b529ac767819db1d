import { expect, test } from "vitest";
import { providerOf } from "./provider.ts";

test.each([
  ["claude-sonnet-4-5-20250929", "anthropic"],
  ["anthropic.claude-sonnet-4-5-20250929-v1:0", "aws.bedrock"],
  ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", "aws.bedrock"],
  ["arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-opus-4-5", "aws.bedrock"],
  ["claude-sonnet-4-5@20250929", "gcp.vertex_ai"],
  [undefined, "anthropic"],
])("a model called %s is sold by %s", (model, provider) => {
  expect(providerOf(model)).toBe(provider);
});
