import { pathToFileURL } from "node:url";
import { openSimulation, SocialFeed } from "../../../src/index.ts";
import { openSqliteStore } from "../../../src/stores.ts";

export interface Sleepers {
  readonly folder: string;
  /** For what people hold; with 0 everybody's gives way as soon as somebody else's is used. */
  readonly megabytes: number;
  readonly concurrency: number;
  /** The process dies at this event. */
  readonly dieAt?: number;
}

const people = 100;
const hobbies = ["chess", "sailing", "baking", "old trams", "orchids"];

/** Some hundred people in a social feed, and what is done with those who rest; gives all of them as they are at the end. */
export async function playSleepers({ folder, megabytes, concurrency, dieAt }: Sleepers) {
  const environment = { variables: {}, folder, home: folder, platform: process.platform };
  const asides = { put: 0, taken: 0 };
  await using store = Object.assign(counted(await openSqliteStore(`${folder}/troupe.db`), asides), {
    [Symbol.asyncDispose]: () => store.close(),
  });
  let events = 0;
  const onEvent = (event: object): void => {
    if ("id" in event && ++events === dieAt) process.kill(process.pid, "SIGKILL");
  };
  const given = { name: "sleepers", model: "builtin", peopleMegabytes: megabytes, concurrency } as const;
  await using simulation = await openSimulation({ ...given, store, environment, onEvent });
  const feed = new SocialFeed({ activity: 0.7, ranking: "interests" });
  for (let number = 1; number <= people; number++) {
    const interests = [hobbies[number % hobbies.length], hobbies[(number * 3) % 4]];
    const persona = { name: `Person ${number}`, age: 20 + (number % 60), preferences: { interests } };
    await simulation.person(persona, { faculties: [feed] });
  }
  const world = simulation.world("Feed", simulation.people, feed.parts);
  world.broadcast("Would you pay for a tram that runs at night?");
  await world.run(5);
  const [first, second, third] = [world.person("Person 1"), world.person("Person 2"), world.person("Person 3")];
  first.moveTo("the harbour").listen("The tram stops here.");
  await second.memory.remember("The night tram was stopped in 1987.");
  third.define("occupation", "tram driver").changeContext(["It is late."]);
  await Promise.all(simulation.people.slice(0, 20).map((person) => person.memory.consolidate()));
  world.broadcast("And at the weekend?");
  await world.run(5);
  const saved = await Promise.all(simulation.people.map((person) => person.snapshot()));
  const transcripts = simulation.people.map((person) => person.transcript());
  return { saved, transcripts, asides, events };
}

/** A store that counts what is put aside in it. */
function counted(store: Awaited<ReturnType<typeof openSqliteStore>>, asides: { put: number; taken: number }) {
  const aside: NonNullable<typeof store.aside> = () => {
    const { put, get } = store.aside?.() ?? {};
    if (put === undefined || get === undefined) throw new Error("There is no room.");
    return {
      put: (place, bytes) => {
        asides.put += 1;
        put(place, bytes);
      },
      get: (place) => {
        asides.taken += 1;
        return get(place);
      },
    };
  };
  return { ...store, aside };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder = "", dieAt = ""] = process.argv.slice(2);
  await playSleepers({ folder, megabytes: 0, concurrency: 64, dieAt: Number(dieAt) });
}
