/** Why a file cannot be read or written, in words: known codes of the operating system, else the error's own message. */
export function fileReason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return words[code ?? ""] ?? message;
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is no folder",
  EACCES: "access is denied",
  EPERM: "access is denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  ERR_INVALID_ARG_VALUE: "its path holds a character that no path can have",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
};
