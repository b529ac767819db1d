/** What frameworks call the providers for which the conventions have a word. */
const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amazon_bedrock: "aws.bedrock",
    azure: "azure.ai.openai",
    azure_openai: "azure.ai.openai",
    bedrock: "aws.bedrock",
    bedrock_converse: "aws.bedrock",
    gemini: "gcp.gemini",
    google: "gcp.gen_ai",
    google_genai: "gcp.gemini",
    google_vertexai: "gcp.vertex_ai",
    mistral: "mistral_ai",
    mistralai: "mistral_ai",
    moonshot: "moonshot_ai",
    vertex_ai: "gcp.vertex_ai",
    vertexai: "gcp.vertex_ai",
    watsonx: "ibm.watsonx.ai",
    xai: "x_ai",
  }),
);

/** A provider in the words of the conventions, which ask for them; one that they do not know keeps its own name. */
export function providerWord(provider: string | null): string | null {
  return provider === null ? null : (words.get(provider.toLowerCase()) ?? provider);
}
