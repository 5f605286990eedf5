import {
  defineStudy,
  delayed,
  eventDriven,
  interested,
  type Simulation,
  type Study,
  TinyCalendar,
  toolUse,
} from "../../../src/index.ts";
import { markOf, wordsOf } from "../fake-provider/cast.ts";
import type { FakeRequest, Order } from "../fake-provider/dialect.ts";
import { type PlayedIn, type PlayInOptions, playIn } from "./play-in.ts";

const names = ["Ada", "Ben", "Cleo", "Dan", "Eve"];

async function castOf(simulation: Simulation, faculties: Parameters<typeof toolUse>[0] = []) {
  const people = [];
  for (const [place, name] of names.entries()) {
    const persona = {
      ...{ name, occupation: "baker", preferences: { interests: place % 2 === 0 ? ["kettles"] : ["bicycles"] } },
      ...(place === 0 && { behaviors: { routines: ["Sundays at 08:00 bake for the neighbours"] } }),
    };
    people.push(await simulation.person(persona, faculties.length === 0 ? {} : { faculties: [toolUse(faculties)] }));
  }
  return people;
}

/** Two weeks in which most people sleep; then a week of steps. */
const asleep = defineStudy({
  name: "asleep",
  seed: 5,
  startAt: "2030-03-20T12:00[Europe/Berlin]",
  run: async (simulation) => {
    const market = { title: "Market day", start: "2030-03-30 07:00Z", end: "2030-03-30 10:00Z", organizer: "Cleo" };
    const calendar = new TinyCalendar({ events: [{ ...market, attendees: ["Dan"] }] });
    const town = simulation.world("Town", await castOf(simulation, [calendar])).makeEveryoneAccessible();
    const wake = {
      routines: { Ben: ["Mondays at 18:00 sing in the choir"] },
      appointments: calendar,
      ...{ summaries: { days: 2 }, exchanges: 1 },
    };
    const { steps } = await town.run({ days: 14, wake });
    const after = await town.run({ until: "2030-04-05", every: { days: 2 }, wake });
    return [...steps, ...after.steps].map(({ time }) => time);
  },
});

/** A talk in which things happen when they are due: once, now and then, so often at most. */
const steered = defineStudy({
  name: "steered",
  seed: 3,
  startAt: "2030-01-01T09:00",
  run: async (simulation) => {
    const [late, ...people] = await castOf(simulation);
    const room = simulation.world("Room", people.slice(0, 3)).makeEveryoneAccessible();
    room.intervene(
      {
        ...{ name: "guest", when: ({ step }) => step === 2 && "The second step begins." },
        do: ({ world }) => late && world.add(late).makeEveryoneAccessible(),
      },
      {
        ...{ name: "new ideas", of: "each", when: ({ step }) => step > 1, cooldown: { hours: 2 }, maxFirings: 2 },
        claim: { claim: "The person has said what they think.", atLeast: 5, last: 5 },
        do: ({ people: [person] }) => person?.think("I should come up with something new."),
      },
      { name: "apart", once: true, claim: "They talk.", do: ({ world }) => world.makeInaccessible("Ben", "Cleo") },
    );
    room.broadcast("What is a good kettle worth?");
    for (let hour = 1; hour <= 5; hour++) {
      room.broadcast(`The clock strikes ${hour}.`);
      await room.run(1, { every: { hours: 1 } });
    }
    return room.transcript().length;
  },
});

/** People who act only when something wakes them: talk about what interests them, which comes late, and a time. */
const woken = defineStudy({
  name: "woken",
  seed: 9,
  run: async (simulation) => {
    const square = simulation.world("Square", await castOf(simulation), {
      schedule: eventDriven({ wakes: interested }),
      delivery: delayed({ steps: 1 }),
    });
    square.makeEveryoneAccessible().broadcast("A kettle whistles.");
    square.wake("Ben", { inSteps: 4 });
    await square.run(5, { stopWhenQuiet: false });
    square.broadcast("A bicycle falls over.");
    return (await square.run(3)).steps.length;
  },
});

export type Town = "asleep" | "steered" | "woken";

export const towns: Readonly<Record<Town, Study>> = { asleep, steered, woken };

/** Plays a town in a folder; what comes to mind there goes by words alone. */
export const playTown = (town: Town, options: PlayInOptions): Promise<PlayedIn> =>
  playIn(towns[town], { ...options, embedder: "lexical" });

/** What is said in these towns: turns for one or for all, and verdicts with evidence. All follows from the words. */
export function inTown(request: FakeRequest): Order {
  const mark = markOf(request);
  const afterMs = Number.parseInt(mark.slice(0, 2), 16) / 64;
  const { properties = {} } = (request.schema ?? {}) as { readonly properties?: Readonly<Record<string, Judged>> };
  if (properties["actions"] !== undefined) return { afterMs, text: turnOf(mark) };
  const claims = Object.entries(properties).filter(([, claim]) => claim.properties?.evidence !== undefined);
  return claims.length === 0 ? { afterMs } : { afterMs, text: verdictsOf(request, mark, claims) };
}

interface Judged {
  readonly properties?: { readonly evidence?: unknown; readonly score?: unknown };
}

function turnOf(mark: string): string {
  const target = names[Number.parseInt(mark.slice(10), 16) % (2 * names.length)] ?? null;
  const about = ["kettles", "bicycles", "rain"][Number.parseInt(mark.slice(8, 10), 16) % 3];
  const said = { type: "TALK", target, content: `Mark ${mark} of ${about} ${mark.match(/../g)?.join(" ")}.` };
  const state = { goals: `Goal ${mark}.`, context: null, attention: null, emotions: null };
  return JSON.stringify({ state, actions: [said, { type: "DONE" }] });
}

/** Each rests on the last entry of the record. */
function verdictsOf(request: FakeRequest, mark: string, claims: readonly (readonly [string, Judged])[]): string {
  const entries = [...wordsOf(request).matchAll(/\\n\[(\d+)\] [^\\]*?: ([^\\]{1,20})/g)];
  const [, entry, quote = ""] = entries.at(-1) ?? [];
  const grounds = { why: `Reason ${mark}.`, evidence: [{ entry: Number(entry), quote }] };
  const answers = claims.map(([name, { properties }]) => {
    const answer =
      properties?.score === undefined ? { holds: true } : { score: Number.parseInt(mark.slice(2, 3), 16) % 10 };
    return [name, { ...grounds, ...answer }];
  });
  return JSON.stringify(Object.fromEntries(answers));
}
