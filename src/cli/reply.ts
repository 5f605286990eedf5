import { errorRecord } from "../index.ts";
import type { Session } from "./session.ts";

/** The version of the document that `--json` prints; it grows when a program that reads it would have to change. */
const replyVersion = 1;

/** What a command says to programs; the names of the frame are not its own to use. */
export type Reply = Readonly<Record<string, unknown>> & {
  readonly [Name in "ok" | "version" | "command" | "error"]?: never;
};

/** Prints the one JSON document of a command that is done. */
export function reply(session: Session, found: Reply): void {
  print(session, { ok: true, found });
}

/** Prints the one JSON document of a command that failed, with the run that it failed in. */
export function replyFailure(session: Session, error: unknown): void {
  print(session, { ok: false, found: { ...(session.run && { run: session.run }), error: errorRecord(error) } });
}

/** The frame of every document: what a command found stands beside `ok`. */
function print(session: Session, { ok, found }: { readonly ok: boolean; readonly found: object }): void {
  const document = { ok, version: replyVersion, command: session.command, ...found };
  session.raw(`${JSON.stringify(document, null, 2)}\n`);
}
