import { type Manifest, type PersonResult, type Simulation, unverifiedIn } from "../../../../index.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { table } from "../../../terminal/table.ts";
import { dollars, grouped } from "../../money/amounts.ts";

/** How many people of how many are made, for the last line of the terminal. */
export function peopleMade() {
  const count = { made: 0, failed: 0, of: 0 };
  return {
    line: (): string =>
      `${grouped(count.made)} of ${grouped(count.of)} people${count.failed > 0 ? `, ${grouped(count.failed)} failed` : ""}`,
    /** Told of each as they come. */
    counting: (of: number, tick: () => void) => {
      count.of = of;
      return (result: PersonResult): void => {
        if ("error" in result) count.failed += 1;
        else count.made += 1;
        tick();
      };
    },
  };
}

/** What is being made in a folder; where it fails, whoever was made is there. */
export async function sayingHowToGoOn(
  session: Session,
  { ledger }: Simulation,
  making: Promise<Manifest>,
): Promise<Manifest> {
  return making.catch((error: unknown) => {
    if (ledger.paid.calls + ledger.replayed.calls > 0)
      session.farewell = "Whoever was made is in the folder. The same command goes on from there.";
    throw error;
  });
}

/** Says what is in a folder, what it cost and who is missing; exit code 1 where somebody is. */
export function showPopulation(session: Session, manifest: Manifest, folder: string): void {
  const failed = manifest.people.filter(({ hash }) => hash === undefined);
  session.exitCode = failed.length > 0 ? 1 : 0;
  const { specification: _inFile, people, cost, ...rest } = manifest;
  if (session.json) {
    reply(session, { folder, ...rest, cost, people });
    return;
  }
  const { out } = session;
  const made = people.length - failed.length;
  const price = cost.usd === null ? "cost unknown" : dollars(cost.usd);
  const who = made === 1 ? "1 person" : `${grouped(made)} people`;
  const calls = cost.calls === 1 ? "1 call" : `${grouped(cost.calls)} calls`;
  out.say(`${who} in ${folder} · ${calls} · ${price} · simulated`);
  if (failed.length > 0) showFailed(session, failed);
  const unverified = manifest.specification === undefined ? [] : unverifiedIn(manifest.specification);
  if (unverified.length > 0)
    session.err.say(`Not checked against a source: ${unverified.join(", ")}.`, session.errStyle.warn);
}

function showFailed({ out, err, outStyle: style }: Session, failed: Manifest["people"]): void {
  const rows = failed.slice(0, 20).map(({ id, name, failed: why }) => ({ id, name, why: why?.message ?? "" }));
  out.print("", style.bold(`Not made (${failed.length})`), ...table(rows, { width: out.width, style }));
  err.say("The same command tries them once more.");
}
