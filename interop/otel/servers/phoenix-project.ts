import type { Phoenix } from "./phoenix.ts";

/** What Phoenix's own pages are made from. */
export interface PhoenixProject {
  readonly address: string;
  readonly sessions: readonly PhoenixSession[];
}

export interface PhoenixSession {
  readonly address: string;
  readonly sessionId: string;
  readonly traces: number;
  readonly tokens: number;
}

interface Answer {
  readonly projects: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly name: string;
        readonly sessions: { readonly edges: readonly { readonly node: Session }[] };
      };
    }[];
  };
}

interface Session {
  readonly id: string;
  readonly sessionId: string;
  readonly numTraces: number;
  readonly tokenUsage: { readonly total: number };
}

const query = `{ projects { edges { node { id name sessions(first: 100) { edges { node {
  id sessionId numTraces tokenUsage { total }
} } } } } } }`;

export async function projectOf(phoenix: Phoenix, name: string): Promise<PhoenixProject> {
  const { projects } = await phoenix.graphql<Answer>(query);
  const found = projects.edges.find(({ node }) => node.name === name);
  if (!found) throw new Error(`Phoenix has no project ${name}`);
  const address = `${phoenix.address}/projects/${found.node.id}`;
  const sessions = found.node.sessions.edges.map(
    ({ node: { id, sessionId, numTraces, tokenUsage } }) => ({
      address: `${address}/sessions/${id}`,
      sessionId,
      traces: numTraces,
      tokens: tokenUsage.total,
    }),
  );
  return { address, sessions };
}
