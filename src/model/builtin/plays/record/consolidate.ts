import type { ModelRequest } from "../../../../kernel/contracts/model.ts";
import { sentences } from "../../../../kernel/language/stems.ts";
import type { Reader } from "../../reading.ts";
import type { Scene } from "../../speech/scene.ts";
import { feelingsOf } from "../state.ts";

/** A sentence that somebody said, in the numbered line in which it stands. */
interface Said {
  readonly from: string;
  readonly sentence: string;
  readonly line: number;
  readonly weight: number;
}

const kept = 3;

/** What a person keeps of an episode: what others proposed, felt and counted, in their words, and one own impression. */
export function consolidationDraft(
  scene: Scene,
  request: Pick<ModelRequest<unknown>, "messages" | "rehearsal">,
  reader: Reader,
) {
  const { voice, texts } = scene;
  const { name } = scene.character;
  const heard = request.rehearsal?.heard ?? [];
  const said = heard.flatMap(({ from, text }, index) =>
    sentences(text).map(
      (sentence): Said => ({ from, sentence, line: index + 1, weight: from === name ? 0 : texts.news(sentence) }),
    ),
  );
  const others = said.filter((one) => one.from !== name);
  const telling = others.toSorted((one, other) => other.weight - one.weight || one.line - other.line).slice(0, kept);
  const last = others.at(-1);
  const impression = last && {
    ...{ kind: "impression", text: voice.say(feelingsOf(scene)) ?? quote(last), importance: 4 },
    ...{ about: [last.from], events: [last.line] },
  };
  return {
    summary: [...telling, ...said.filter((one) => one.from === name).slice(-1)].map(quote).join(" ") || "…",
    added: [...telling.map(noteOf), ...(impression === undefined ? [] : [impression])],
    revised: [],
    reflections: reflectionsOf(request, reader),
  };
}

const quote = ({ from, sentence }: Said): string => `${from}: "${sentence.slice(0, 240).toWellFormed()}"`;

function noteOf(one: Said): object {
  return { kind: "fact", text: quote(one), importance: one.weight > 2 ? 6 : 4, about: [one.from], events: [one.line] };
}

/** Where reflections are asked for, what two of the notes shown have in common is that both are remembered. */
function reflectionsOf({ messages }: Pick<ModelRequest<unknown>, "messages">, reader: Reader): readonly object[] {
  const prompt = messages
    .filter(({ role }) => role === "user")
    .map(reader.text)
    .join("\n");
  if (!prompt.includes("each an insight")) return [];
  const notes = [...prompt.matchAll(/^(n\d+) \([^)]*\): (.+)$/gmu)].slice(-2);
  if (notes.length < 2) return [];
  const text = notes.map((match) => match[2]?.slice(0, 200).toWellFormed()).join(" / ");
  return [{ text, importance: 7, notes: notes.map((match) => match[1]) }];
}
