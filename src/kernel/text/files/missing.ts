/** Gives `undefined` for a file or folder that is not there; whatever else kept it from being read is thrown on. */
export function undefinedIfMissing(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
}
