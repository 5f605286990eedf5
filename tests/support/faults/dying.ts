import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, StatementSync } from "node:sqlite";

/**
 * Lets this program die by its own hand (SIGKILL) in a moment, `<event>.<step>`: before the so-manieth step to the disk
 * after so many events. The returned function counts an event. Any other moment is never.
 */
export function dieIn(moment: string): () => void {
  const [event, step] = moment.split(".").map(Number);
  let events = 0;
  /** Steps to the disk since the event that the moment counts from. */
  let steps: number | undefined;
  const happened = (): void => {
    if (events === event) steps ??= 0;
    if (steps !== undefined && steps === step) process.kill(process.pid, "SIGKILL");
  };
  const countUses = (owner: object, names: readonly string[]): void => {
    for (const name of names) {
      const original = Reflect.get(owner, name);
      Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
        if (steps !== undefined) steps += 1;
        happened();
        return original.apply(this, args);
      });
    }
  };
  countUses(DatabaseSync.prototype, ["exec", "close"]);
  countUses(StatementSync.prototype, ["run", "all", "get"]);
  countUses(fs.promises, ["mkdir", "writeFile"]);
  syncBuiltinESMExports();
  happened();
  return () => {
    events += 1;
    happened();
  };
}
