import { createRandom } from "../../../src/kernel/values/random.ts";
import type { FakeRequest } from "./dialect.ts";

const vocabulary =
  `able about above after again along among another answer apple arrive autumn basket because become before begin behind
below better between bicycle bird blue boat borrow bottle branch bridge bright bring broken brother build butter call
carry chair change cheap child clean clear climb clock close cloud coat cold colour common corner cotton count cover
cross dance dark deep dinner door double draw dream dress drink drive early earth east edge empty enough evening every
fair fall farm fast feather fence field fill final find finger finish fire first fish floor flower follow forest forget
forward fresh front fruit full gather gentle give glass gold grass green ground grow half hammer happy harbour heavy
hill hold holiday honey horse hour hundred hungry island jacket join jump kettle kitchen knife ladder lake lamp laugh
leaf learn leave lemon letter light listen little lower lunch mark match meadow measure meet middle milk mirror moment
month moon mountain narrow near needle neighbour never noise north number ocean offer onion open orange order outside
paint paper pepper perhaps picture piece plain plant plate pocket pour promise pull quick quiet rain reach ready repair
rest return ribbon ring rise roof round saddle salt sand season second seed seldom send shade shape sharp shelf shine
shirt shoe shore short shoulder simple sister sleep slow small smooth soap soft soup south spoon spring square stairs
stand station stone storm straight string strong sugar summer supper sweet swim table tall taste tea thick thin thread
thunder ticket together towel tower town train tree turn twelve under uncle until upon valley visit voice wait walk wall
warm wash watch water weather wheel while whole wide window winter wood wool word yellow`.split(/\s+/);

/**
 * Somebody's turn in a ring: words to the next person, sixty of them, or twenty when the last time it was sixty; then
 * DONE. The words follow from the person and the prompt, so that no turn repeats another.
 */
export function ringTurn(
  request: FakeRequest,
  { person, mark, people }: { readonly person: string; readonly mark: string; readonly people: number | undefined },
): { text: string } {
  const random = createRandom(`${person} ${mark}`);
  const say = (count: number): string => `${Array.from({ length: count }, () => random.pick(vocabulary)).join(" ")}.`;
  const answer = {
    state: { goals: say(20), context: [say(12), say(12)], attention: say(14), emotions: say(12) },
    actions: [
      { type: "TALK", target: nextOf(person, people), content: say(lastWords(request) > 40 ? 20 : 60) },
      { type: "DONE" },
    ],
  };
  return { text: JSON.stringify(answer) };
}

/** "Agent 008" after "Agent 007"; the first one after the last. */
function nextOf(person: string, people: number | undefined): string | null {
  const [, name, number] = /^(.*?)(\d+)$/.exec(person) ?? [];
  if (people === undefined || number === undefined) return null;
  return `${name}${String((Number(number) + 1) % people).padStart(number.length, "0")}`;
}

/** How many words the person's last turn had, as far as the prompt tells. */
function lastWords({ body }: FakeRequest): number {
  const said: readonly { role?: string }[] = body.messages ?? body.input ?? body.contents ?? [];
  const last = said.findLast(({ role }) => role === "assistant" || role === "model");
  return last === undefined ? 0 : JSON.stringify(last).split(" ").length;
}
