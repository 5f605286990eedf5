import { isTinyTroupeError } from "../../values/errors.ts";

/**
 * Gives `undefined` for a file or folder that is not there, also where `readTextFile` says so; whatever else kept it from
 * being read is thrown on.
 */
export function undefinedIfMissing(error: unknown): undefined {
  const reason = isTinyTroupeError(error, "FILE_UNREADABLE") ? error.cause : error;
  const { code } = (reason ?? {}) as NodeJS.ErrnoException;
  if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
}
