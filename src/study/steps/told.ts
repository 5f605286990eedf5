import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import { type StorySubject, TinyStory } from "../../world/story/tiny-story.ts";
import type { TinyWorld } from "../../world/tiny-world.ts";
import type { Step } from "../document/document.ts";
import type { Row } from "./tables.ts";

type Show = Extract<Step, { show: unknown }>["show"];
type Story = Extract<Step, { story: unknown }>["story"];

/** Stories by the name of their table. */
export type Tales = Map<string, TinyStory>;

/** Where something is shown. */
interface Place {
  readonly simulation: Simulation;
  readonly world: TinyWorld | undefined;
}

/** Shows something to these people; what has a content everybody in a world sees once, unless some are named. */
export async function showPeople(
  step: Show,
  people: readonly TinyPerson[],
  { simulation, world }: Place,
): Promise<void> {
  const { who, what, image, document, name, tokens } = step;
  const picture = image === undefined ? {} : { image: /^https?:/.test(image) ? image : simulation.pathOf(image) };
  const seen = { description: what, ...picture };
  if (world === undefined || who !== undefined || (image ?? document) === undefined) {
    await Promise.all(people.map((person) => person.see(seen)));
    return;
  }
  const paper = document === undefined ? {} : { document: simulation.pathOf(document) };
  await world.show({ ...seen, ...paper, ...(name !== undefined && { name }), ...(tokens !== undefined && { tokens }) });
}

/** Begins a story, or goes on with the one of this name; all its beats so far as rows. */
export async function tellStory(step: Story, subject: StorySubject, tales: Tales): Promise<readonly Row[]> {
  const { as, from: _from, purpose, ...wish } = step;
  const begun = tales.get(as);
  const story = begun ?? new TinyStory(subject, purpose === undefined ? {} : { purpose });
  tales.set(as, story);
  const options = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  await (begun === undefined ? story.startStory(options) : story.continueStory(options));
  return story.beats.map(({ heading, text, people, from }) => ({ heading, text, people, from }));
}
