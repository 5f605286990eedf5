import {
  type DocumentReason,
  type ErrorCatalogue,
  type ErrorDetails,
  type ErrorRecord,
  isTinyTroupeError,
  TinyTroupeError,
} from "../kernel/values/errors.ts";

const hints: Readonly<Record<DocumentReason, string>> = {
  missing: "Check the path, from the folder where the program runs, and that it can be read from here.",
  kind: "Text, Markdown, HTML, PDF and DOCX are read. Convert it, or leave it out.",
  size: "Give a shorter document, split it, or raise the limit with the option `limits`.",
  encoding: "Save it as UTF-8, or say its encoding with the option `charset`.",
  damaged: "Open it in the program that made it, and save it again.",
  locked: "Give a copy without a password.",
  time: "Give a simpler document, or raise `limits.seconds`.",
  memory: "Give a simpler document, or raise `limits.memory`.",
  address: "Only public http and https addresses are read; `allowAddresses` names exceptions.",
  robots: "Ask the owners of the site, or save the page and read the file.",
  redirects: "Give the address to which it leads in the end.",
  status: "Open the address in a browser, and check that it needs no login.",
  proxy: "Have the proxy connect to the page's address and port, or name the site in NO_PROXY.",
  network: "Check the address and the connection, and try again.",
};

/** Why a document is not read: the reason as data, and in words that complete "Cannot read …: ". */
export function refusal(
  location: string,
  reason: DocumentReason,
  why: Pick<ErrorDetails<"DOCUMENT_UNREADABLE">, "cause"> & { readonly words: string },
): TinyTroupeError<"DOCUMENT_UNREADABLE"> {
  return new TinyTroupeError("DOCUMENT_UNREADABLE", `Cannot read ${location}: ${why.words}.`, {
    data: { location, reason },
    hint: hints[reason],
    ...(why.cause === undefined ? {} : { cause: why.cause }),
  });
}

/** The error as it is when it is one of ours; any other becomes a refusal with this reason. */
export function asRefusal(location: string, cause: unknown, reason: DocumentReason): TinyTroupeError {
  if (isTinyTroupeError(cause)) return cause;
  return refusal(location, reason, { words: cause instanceof Error ? cause.message : String(cause), cause });
}

/** Throws DOCUMENT_UNREADABLE where there is more of something than its limit. */
export function within(
  location: string,
  { amount, limit, what }: { readonly amount: number; readonly limit: number; readonly what: string },
): void {
  if (amount > limit) {
    throw refusal(location, "size", { words: `it has more than ${limit.toLocaleString("en")} ${what}` });
  }
}

/** A refusal that was kept as data, or came from another thread, as an error again. */
export function revived({ code, message, hint, data }: ErrorRecord): Error {
  if (code !== "DOCUMENT_UNREADABLE") return new Error(message);
  const details = { data: data as ErrorCatalogue["DOCUMENT_UNREADABLE"], hint: hint ?? "" };
  return new TinyTroupeError("DOCUMENT_UNREADABLE", message, details);
}
