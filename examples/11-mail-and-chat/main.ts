import { defineStudy, MailAndChat } from "tinytroupe";

export default defineStudy({
  name: "mail-and-chat",
  about: "A team in four places is told that its release slips, and writes about it by e-mail and in two channels.",
  seed: 13,
  run: async (simulation) => {
    const messages = new MailAndChat({
      channels: {
        "#release": "everyone",
        "#coffee": ["Lisa Brannigan", "Doreen Mumby"],
      },
    });
    const people = await simulation.loadPeople(["lisa", "oscar", "doreen", "raghav"], { faculties: [messages] });
    const world = simulation.world("Team", people, messages.parts);
    world.broadcast("The release is two weeks late. What will you tell the customers, and who tells them?", {
      from: "The head of product",
    });
    await world.run(5);
    return messages.tables;
  },
});
