import { defineStudy, SocialFeed } from "tinytroupe";

export default defineStudy({
  name: "social-feed",
  about: "A piece of news goes through a social feed that shows people what is close to their interests.",
  seed: 21,
  run: async (simulation) => {
    const feed = new SocialFeed({ ranking: "interests", page: 3, activity: 0.8 });
    const people = await simulation.loadPeople(
      ["lisa", "oscar", "marcos", "minji", "doreen", "raghav", "rasha", "thandeka"],
      { faculties: [feed] },
    );
    const world = simulation.world("Neighbourhood feed", people, feed.parts);
    world.broadcast(
      "What do you think of it? From next month on, the public library closes on Sundays and spends the money on electronic books.",
    );
    await world.run(4);

    const { posts, exposures, engagement } = feed.tables;
    return {
      posts: posts.toSorted((one, other) => Number(other["exposures"]) - Number(one["exposures"])),
      engagement,
      exposures,
    };
  },
});
