import { defineStudy, Marketplace } from "tinytroupe";

/** Some have apples, others money. */
const growers = ["Lisa Brannigan", "Oscar Ramsaran", "Marcos Benítez Ovelar"];

export default defineStudy({
  name: "marketplace",
  about: "Three growers and three customers trade apples and bread, and find a price.",
  seed: 5,
  run: async (simulation) => {
    const market = new Marketplace({
      goods: ["apples", "bread"],
      holdings: ({ name }) =>
        growers.includes(name) ? { money: 5, goods: { apples: 12, bread: 4 } } : { money: 40, goods: {} },
    });
    const people = await simulation.loadPeople(["lisa", "oscar", "marcos", "doreen", "raghav", "thandeka"], {
      faculties: [market],
    });
    const world = simulation.world("Saturday market", people, market.parts);
    world.broadcast("It is market day, with fresh apples and bread. What is not sold by noon goes home again.");
    await world.run(6);

    const { trades, prices, orders, holdings } = market.tables;
    return { prices, trades, orders, holdings };
  },
});
