import { dirname } from "node:path";
import { type Environment, journalFolder, type ResolvedConfig } from "@spoor/core";

/**
 * Where somebody records who was not told what this config says: an observer without a config, without the variable, or one that is started in the
 * folder that the file lies in. None, where whoever asks has named the folder.
 */
export function otherFolders(
  { values, file }: ResolvedConfig,
  environment: Environment,
  workingDirectory: string,
): readonly string[] {
  const { source = "default" } = values.find(({ name }) => name === "journal.dir") ?? {};
  if (source === "code" || source.startsWith("option ")) return [];
  return [
    journalFolder(undefined, environment, workingDirectory),
    journalFolder(undefined, {}, workingDirectory),
    ...(file === null ? [] : [journalFolder(undefined, {}, dirname(file))]),
  ];
}
