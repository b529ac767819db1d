import { join } from "node:path";

/**
 * Where Claude Code keeps its conversations, a folder for each folder it was started in: under `CLAUDE_CONFIG_DIR`, else under `.claude` in
 * the user's home. Null: the environment names neither. Nobody has looked whether it is there.
 */
export function projectsFolder(
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const { CLAUDE_CONFIG_DIR: config, HOME, USERPROFILE } = environment;
  if (config) return join(config, "projects");
  const home = HOME || USERPROFILE;
  return home ? join(home, ".claude", "projects") : null;
}
