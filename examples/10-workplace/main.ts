import { defineStudy, Workplace } from "tinytroupe";

export default defineStudy({
  name: "workplace",
  about: "Five people in an office with a kitchen and a meeting room, on the day on which the move is announced.",
  seed: 9,
  run: async (simulation) => {
    const office = new Workplace({
      places: [
        { name: "Desks", about: "An open floor with eight desks; everybody hears everybody." },
        { name: "Kitchen", about: "A coffee machine, and two chairs that nobody wants." },
        { name: "Meeting room", about: "A table, a screen, and a door that closes.", closed: true, seats: 3 },
      ],
      start: { "Oscar Ramsaran": "Kitchen" },
      eavesdropping: 0.3,
    });
    const people = await simulation.loadPeople(["lisa", "oscar", "marcos", "doreen", "raghav"], {
      faculties: [office],
    });
    const world = simulation.world("Office", people, office.parts);
    world.broadcast(
      "To all: in March the office moves to the other side of the river. Who has something to say about it may do so in the meeting room.",
      { from: "The management" },
    );
    await world.run(4);
    return { whereabouts: office.tables.whereabouts };
  },
});
