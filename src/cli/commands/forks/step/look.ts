import type { PastMoment, Pause, TinyPerson } from "../../../../index.ts";
import type { Style } from "../../../terminal/style.ts";
import { facts } from "../../../terminal/table.ts";
import { harmless, wrap } from "../../../terminal/text.ts";
import { costOf, grouped } from "../../money/amounts.ts";
import { peopleCalled } from "../../people-called.ts";

interface Look {
  readonly width: number;
  readonly style: Style;
}

/** The person so called, however their name is written, or by a word of it; undefined where that means nobody or several. */
export function personCalled({ simulation }: Pause, name: string): TinyPerson | undefined {
  const found = peopleCalled(simulation.people, name);
  return found.length === 1 ? found[0] : undefined;
}

/** What is on a person's mind, what is new to them and brings to mind, what they keep, and what they have cost. */
export async function lookLines(person: TinyPerson, { simulation }: Pause, look: Look): Promise<readonly string[]> {
  const { state, pending, location, turns } = person;
  const news = pending.map(({ content }) => content);
  const notes = await person.memory.notes();
  const recalled = news.length > 0 && notes.length > 0 ? await person.memory.recall(news.join("\n"), { limit: 3 }) : [];
  const cost = simulation.ledger.by("person").find((row) => row.person === `person:${person.id}`);
  const shown = {
    name: person.name,
    ...(location !== undefined && { place: location }),
    ...(state.emotions !== undefined && { feels: state.emotions }),
    ...(state.goals !== undefined && { wants: state.goals }),
    ...(state.attention !== undefined && { attends: state.attention }),
    ...(state.context !== undefined && { situation: state.context.join("\n") }),
    new: news.length === 0 ? "nothing" : news.map((content) => `“${content}”`).join("\n"),
    ...(recalled.length > 0 && { recalls: recalled.map(({ note }) => note.text).join("\n") }),
    turns: String(turns.length),
    notes:
      notes.length === 0
        ? "none yet"
        : notes
            .slice(-3)
            .map(({ text }) => text)
            .join("\n"),
    calls: cost === undefined ? "0" : `${cost.calls}, ${grouped(cost.input + cost.output)} tokens, ${costOf(cost)}`,
  };
  return facts(shown, look);
}

/** The prompt of a person's last turn as it was sent, and the answer. */
export function promptLines(moment: PastMoment, person: TinyPerson, { width, style }: Look): readonly string[] {
  const asked = moment.people.find(({ id }) => id === person.id)?.asked;
  if (asked === undefined) return [`${person.name} was not asked yet.`];
  const messages = asked.messages.flatMap(({ role, content }) => [style.bold(role), ...wrap(harmless(content), width)]);
  return [...messages, style.bold("answer"), ...wrap(harmless(JSON.stringify(asked.answer, null, 2)), width)];
}
