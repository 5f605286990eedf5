import { sentences, shared, stems } from "../../../kernel/language/stems.ts";
import type { Character } from "../character/character.ts";
import { undecided } from "../character/stance.ts";
import type { Author } from "../fill/author.ts";
import { absent } from "../fill/author.ts";
import type { Shape } from "../shape/shape.ts";
import { core } from "../shape/shape.ts";
import { speech, thought } from "../speech/compose.ts";
import type { Scene } from "../speech/scene.ts";
import { firstName } from "../speech/slots.ts";
import { leading, publicQuestion } from "./lead.ts";
import { planned } from "./plan.ts";
import { stateDraft } from "./state.ts";
import type { Offer } from "./tools/offer.ts";

type Draft = Readonly<Record<string, unknown>>;

/** What a turn is made of beside what was said. */
export interface TurnParts {
  readonly author: Author;
  readonly offer: Offer;
  /** All that the person wrote before. */
  readonly written: string;
  /** What is new to the person, and the present, as the prompt tells it. */
  readonly fresh: string;
}

/** A turn: state, then a thought, what is said and to whom, and DONE; for flat schemas the same in single fields. */
export function turnDraft(scene: Scene, shape: Shape, { author, offer, fresh, written }: TurnParts): Draft {
  const led = leading(scene, fresh);
  const words = led === undefined ? unled(scene) : led.words;
  const thinks = words !== undefined || scene.dice.next() < 0.85 ? thought(scene, words === undefined) : undefined;
  const target = led?.target ?? targetOf(scene, words ?? "");
  const actions = actionsOf(scene, offer, { words, thinks, target, fresh, written });
  const state = stateDraft(scene, author);
  return {
    state,
    cognitive_state: state,
    mental_state: state,
    ...state,
    actions,
    action: actions[0],
    ...flat(["thought", "think", "thinking", "thoughts", "reasoning"], thinks ?? absent),
    ...flat(
      ["say", "speech", "reply", "message", "answer", "response", "content", "text", "words"],
      words ?? silence(core(shape)),
    ),
    ...flat(["to", "target", "addressee", "recipient"], words === undefined || target === "" ? absent : target),
    ...flat(["done", "quiet", "finished"], words === undefined),
  };
}

const unled = (scene: Scene): string | undefined =>
  publicQuestion(scene) ?? (staysQuiet(scene) ? undefined : speech(scene));

function flat(names: readonly string[], value: unknown): Draft {
  const draft: Record<string, unknown> = {};
  for (const name of names) draft[name] = value;
  return draft;
}

/** Nothing said: left out where the schema allows it, else an empty text. */
function silence({ body }: Shape): unknown {
  const field = body.kind === "object" ? body.fields.find((one) => one.meaning === "speech") : undefined;
  return field?.shape.body.kind === "maybe" ? absent : "";
}

/** Whoever is asked answers; otherwise people fall quiet after some turns, the introverted sooner. */
function staysQuiet({ conversation, character, dice }: Scene): boolean {
  const { last, answered, turns, lines } = conversation;
  if (lines.length === 0) return false;
  if (answered) return dice.next() < 0.8;
  if (last === undefined || last.outside || (turns === 0 && conversation.prompt?.outside === true)) return false;
  if (isCalled(character, last.text) && turns < 5) return false;
  return dice.next() > 0.95 + character.temper.extraversion * 0.15 - 0.18 * turns;
}

/** Whether a text names the person and asks something. */
const isCalled = ({ name }: Character, text: string): boolean =>
  name !== "" && text.includes(firstName(name)) && /[?？؟]/.test(text);

/** Whom the words ask by name; else the one who spoke last, if within reach; else somebody who is; else whoever listens. */
function targetOf({ conversation, character, others, dice }: Scene, words: string): string {
  const { from: heard = "", text = "" } = conversation.last ?? {};
  if (others.length === 0) return heard;
  if (others.includes(heard) && isCalled(character, text)) return heard;
  const questions = sentences(words).filter((sentence) => /[?？؟]$/u.test(sentence));
  const asked = others.find((name) => questions.some((question) => question.includes(firstName(name))));
  return asked ?? (others.includes(heard) ? heard : dice.pick(others));
}

interface Doing {
  readonly words: string | undefined;
  readonly thinks: string | undefined;
  readonly target: string;
  readonly fresh: string;
  readonly written: string;
}

function actionsOf(scene: Scene, offer: Offer, doing: Doing): Draft[] {
  const { words, thinks, target } = doing;
  const { kinds, byType, talks, afterTalk } = offer;
  const made = (type: string, rest: Draft | undefined): Draft[] => {
    const kind = byType.get(type);
    return kind === undefined || rest === undefined ? [] : [{ [kind.mark]: kind.type, ...rest }];
  };
  const reaching = words !== undefined && scene.conversation.lines.length === 0 && scene.others.length > 0;
  const faculty = facultyActions(scene, offer, doing);
  const leaves = (action: Draft): boolean =>
    afterTalk.size > 0 && Object.values(action).some((value) => afterTalk.has(String(value)));
  const done = kinds.length === 0 || byType.has("DONE") ? made("DONE", { content: absent, target: absent }) : [];
  return [
    ...(thinks === undefined ? [] : made("THINK", { content: thinks, target: absent })),
    ...made("HOLD", words !== undefined && byType.has("HOLD") ? heldDraft(scene) : undefined),
    ...planned(scene, offer.types, doing.written).flatMap(({ type, ...rest }) => made(type, rest)),
    ...faculty.filter((action) => !leaves(action)),
    ...(reaching && talks ? made("REACH_OUT", { target, content: absent }) : []),
    ...(words === undefined || !talks ? [] : made("TALK", { target: target === "" ? absent : target, content: words })),
    ...faculty.filter(leaves),
    ...done,
  ];
}

/** What the person holds on what they talk about, once a topic: these people do not change their minds. */
function heldDraft({ leaning, conversation, voice }: Scene): Draft | undefined {
  const [topic] = conversation.topics;
  if (topic === undefined || conversation.said.includes(`"topic":${JSON.stringify(topic)}`)) return undefined;
  const stance = Math.abs(leaning) < undecided ? "undecided" : leaning > 0 ? "for" : "against";
  const firmness = Math.round(10 * Math.abs(leaning)) / 10;
  return { topic, stance, firmness, because: voice.say(voice.phrases.because) ?? "" };
}

/** What the actions that belong together are for, else at most one other: the one that what was said calls for, now and then any; not twice in a row. */
function facultyActions(scene: Scene, { kinds, types, works, others }: Offer, given: Doing): Draft[] {
  const { conversation, dice } = scene;
  const arranged = works.flatMap((work) => work.do(scene, { ...given, kinds: types }));
  const plans = arranged.flatMap(({ type, args }) => {
    const kind = kinds.find((one) => one.type === type);
    return kind === undefined ? [] : [{ [kind.mark]: type, ...args }];
  });
  if (plans.length > 0) return plans;
  if (others.length === 0) return [];
  const heard = stems(conversation.last?.text ?? "");
  const called = others.filter(
    (kind) => shared(heard, stems(`${kind.type.replaceAll("_", " ")} ${kind.description}`)) > 0,
  );
  const kind =
    dice.next() < 0.8 && called.length > 0 ? dice.pick(called) : dice.next() < 0.08 ? dice.pick(others) : undefined;
  if (kind === undefined || conversation.said.slice(-3_000).includes(`"${kind.type}"`)) return [];
  return [{ [kind.mark]: kind.type }];
}
