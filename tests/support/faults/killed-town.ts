// A program that is killed: plays the town argv[6] in the folder argv[2] with the provider at argv[3], and dies in the
// moment argv[4], counted in events of the journal. It keeps in the file argv[5] what it made of answers, as soon as it
// did, and tells at its end how many events there were.
import fs from "node:fs";
import type { SimulationEvent } from "../../../src/index.ts";
import { dieIn } from "./dying.ts";
import { playTown, type Town } from "./towns.ts";

const [folder = "", url = "", moment = "", used = "", town = ""] = process.argv.slice(2);
const happened = dieIn(moment);
const ofAnswers: readonly string[] = ["turn", "intervention-fired", "meanwhile", "notes-changed"];
let events = 0;

function onEvent(shown: SimulationEvent): void {
  if (ofAnswers.includes(shown.type)) fs.appendFileSync(used, `${JSON.stringify(shown)}\n`);
  if (!("id" in shown)) return; // what is only shown differs from opening to opening
  events += 1;
  happened();
}

await playTown(town as Town, { folder, url, onEvent });
process.stdout.write(String(events));
