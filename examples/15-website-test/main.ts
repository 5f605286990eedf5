import { compareSystems, defineStudy, testSystems, websiteSystem } from "tinytroupe";
import { openShop } from "./shop.ts";

const goals = [{ name: "order", goal: "I want to order a kettle.", success: { text: "your order number is" } }];

export default defineStudy({
  name: "website-test",
  about: "Four people order in two builds of a shop, one of which hides the checkout.",
  seed: 15,
  run: async (simulation) => {
    const shops = { plain: await openShop("plain"), hidden: await openShop("hidden") };
    try {
      const people = await simulation.loadPeople("lisa", "oscar", "thandeka", "raghav");
      const systems = Object.entries(shops).map(([name, { url }]) =>
        websiteSystem({ name, url, allow: [new URL(url).host] }),
      );
      const { sessions, findings } = await testSystems({ people, systems, goals, steps: 15, concurrency: 2 });
      const { measures, parted } = await compareSystems(sessions, "plain", "hidden");
      return { sessions, findings, comparison: measures, parted };
    } finally {
      await Promise.all(Object.values(shops).map((shop) => shop.close()));
    }
  },
});
