/** Why a file or a folder could not be read, in a few words, for a sentence that names it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return reasons[code] ?? error.message.split(",", 1)[0] ?? error.message;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "it is not there",
  EISDIR: "it is a folder",
  ENOTDIR: "what should be a folder above it is a file",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
};
