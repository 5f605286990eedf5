import { type MessagePort, parentPort } from "node:worker_threads";
import type { Parcel, Told } from "./protocol.ts";
import { createRehearsal } from "./rehearsal.ts";

if (parentPort !== null) serve(parentPort);

/** The thread that rehearses. */
function serve(port: MessagePort): void {
  const tell = (told: readonly Told[]): void => port.postMessage(told);
  const answersTo = createRehearsal();
  port.on("message", (parcel: Parcel) => {
    for (const told of answersTo(parcel)) tell(told);
  });
  tell([]);
}
