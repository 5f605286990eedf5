// A study in which people of a running world are interviewed on forks of theirs, between its steps and in the middle of
// one. With `QUIET` in place of its name nobody is.
import { defineStudy, extract, type Simulation, type TinyPerson, z } from "tinytroupe";

async function interview(person: TinyPerson, name: string): Promise<readonly string[]> {
  const fork = await person.fork(name);
  await fork.listenAndAct("What do you make of it so far?", "Ana");
  const deeper = await fork.fork("off the record");
  await Promise.all([
    fork.listenAndAct("And what would you rather not say?", "Ana"),
    deeper.listenAndAct("Off the record: who is wrong?", "Ana"),
  ]);
  await extract(fork, { objective: "What they hold back", schema: z.object({ secret: z.string() }) });
  return [...fork.transcript(), ...deeper.transcript()].map(({ text }) => text);
}

export const interviewed = (name: string, asks: boolean) =>
  defineStudy({
    name,
    run: async (simulation: Simulation) => {
      const people = await simulation.loadPeople(["lisa", "oscar", "marcos"]);
      const room = simulation.world("Room", people).makeEveryoneAccessible();
      room.broadcast("What is a kettle that can be repaired worth to you?");
      const told: (readonly string[])[] = [];
      const ask = async (label: string) => {
        if (asks) told.push(...(await Promise.all(people.slice(0, 2).map((person) => interview(person, label)))));
      };
      await room.run(1);
      await ask("first");
      await room.run(2);
      await ask("second");
      await room.run(1);
      return told;
    },
  });

export default interviewed("interviewed", true);
