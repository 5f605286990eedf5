// Three people at one calendar: all plan at once, then answer what they are invited to.
import { defineStudy, TinyCalendar, toolUse } from "tinytroupe";

export default defineStudy({
  name: "office",
  seed: 5,
  startAt: "2030-01-31T08:00",
  run: async (simulation) => {
    const calendar = new TinyCalendar();
    const faculties = [toolUse([calendar])];
    const people = await Promise.all(["lisa", "oscar", "marcos"].map((name) => simulation.person(name, { faculties })));
    const room = simulation.world("Office", people).makeEveryoneAccessible();
    room.broadcast("Please plan a meeting about the launch in the calendar.");
    const { stopped } = await room.run(4, { every: { hours: 1 } });
    return { stopped, events: calendar.events };
  },
});
