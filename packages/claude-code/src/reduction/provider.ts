/**
 * Whose prices hold for a call, in the words of OpenTelemetry. No source says it of a call, but each seller writes the names of models in a way of
 * its own.
 */
export function providerOf(model: string | undefined): string {
  if (model === undefined) return "anthropic";
  if (bedrock.test(model)) return "aws.bedrock";
  return vertex.test(model) ? "gcp.vertex_ai" : "anthropic";
}

/** `us.anthropic.claude-…-v1:0`, or the name of a resource. */
const bedrock = /^(?:[a-z-]+\.)?anthropic\.|^arn:aws[a-z-]*:bedrock:/;
/** `claude-…@20250929`. */
const vertex = /^claude-[^@]+@[\w.-]+$/;
