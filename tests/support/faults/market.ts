import { defineStudy, extract, extractEach, renderTranscript, z } from "../../../src/index.ts";
import { type PlayedIn, type PlayInOptions, playIn } from "./play-in.ts";

/** A square whose people act at once, while somebody is interviewed apart; then each and all are read. */
const market = defineStudy({
  name: "market",
  seed: 11,
  run: async (simulation) => {
    const people = await simulation.loadPeople("lisa", "oscar", "marcos");
    const interviewed = await simulation.person("minji");
    const square = simulation.world("Square", people).makeEveryoneAccessible();
    square.broadcast("The fishmonger shouts that all is half price.");
    const interview = async (): Promise<void> => {
      for (const question of ["What do you buy here?", "And what never?"]) await interviewed.listenAndAct(question);
    };
    await Promise.all([square.run(2), interview()]);
    const bought = z.object({ bought: z.string() });
    const each = await extractEach([...people, interviewed], { objective: "What they bought", schema: bought });
    const { rows } = await extract(square, { objective: "Prices", schema: z.object({ rows: z.array(bought) }) });
    const transcripts = [square, interviewed].map((subject) => renderTranscript(subject.transcript()));
    return { each, rows, transcripts };
  },
});

/** A turn of each in each step, two answers, four readings and one. */
export const callsOfMarket = 3 * 2 + 2 + 4 + 1;

/** Plays the market in a folder, as the command line plays a study, and writes its outcome there. */
export const playMarket = (options: PlayInOptions): Promise<PlayedIn> => playIn(market, options);
