import type { LivedTurn, Perceived } from "../../../kernel/contracts/faculty.ts";
import { matters, sentences, shared } from "../../../kernel/language/stems.ts";
import { sameTopic } from "../../../kernel/stances/topic.ts";
import { heldIn } from "../../quality/stances/hold-action.ts";
import type { Telling } from "../life-fold.ts";
import { shortened } from "../lines-within.ts";
import type { PerceivedStance, Statement, TrustCue } from "./acquaintance.ts";
import type { Ear, Heard } from "./ear.ts";
import { type Credit, stranger, withCues } from "./trust.ts";

/** What a person has of somebody whom they heard. */
export interface Other {
  readonly credit: Credit;
  readonly stances: readonly PerceivedStance[];
  readonly said: readonly Statement[];
  readonly first: string;
  readonly last: string;
  readonly times: number;
}

/** What a person has of all whom they heard. */
export interface Circle {
  /** By name, who was heard last at the end. */
  readonly others: ReadonlyMap<string, Other>;
  /** What was said last, by whom; "" by nobody in particular. */
  readonly floor: readonly Utterance[];
  /** What the person declared to hold, the latest last. */
  readonly topics: readonly string[];
}

interface Utterance {
  readonly from: string;
  readonly text: string;
}

/** Of so many people somebody has a picture (R. Dunbar, "Neocortex size as a constraint on group size in primates", 1992). */
const othersKept = 150;
const saidKept = 6;
const stancesKept = 6;
const topicsKept = 8;
const floorKept = 8;
const lettersOfStatement = 160;
const lettersOfTopic = 90;
/** What somebody says is about a topic when it has so many of its telling words. */
const wordsInCommon = 2;

/** With fewer telling words a sentence claims nothing by which it could be known again. */
const wordsOfClaim = 2;

/** How a person comes to know the people whom they hear. */
export function circleTelling(ear: Ear): Telling<Circle> {
  return {
    begin: { others: new Map(), floor: [], topics: [] },
    after: (circle, turn, name) => withOwn(turn.presented.reduce(heardFrom(ear, name), circle), turn, name),
  };
}

/** What the person did: what they said is what others answer, what they hold is what others may touch. */
function withOwn(circle: Circle, { actions }: LivedTurn, name: string): Circle {
  const said = actions.flatMap(({ type, content = "" }) => (type === "TALK" ? [{ from: name, text: content }] : []));
  const held = heldIn(actions).map(({ topic }) => topic);
  const topics = [...circle.topics.filter((topic) => !held.some((one) => sameTopic(one, topic))), ...held];
  return { ...circle, floor: [...circle.floor, ...said].slice(-floorKept), topics: topics.slice(-topicsKept) };
}

function heardFrom(ear: Ear, name: string): (circle: Circle, perceived: Perceived) => Circle {
  return (circle, perceived) => {
    const { type, source = "", content } = perceived.stimulus;
    if (type !== "CONVERSATION" || source === name) return circle;
    const floor = [...circle.floor, { from: source, text: content }].slice(-floorKept);
    if (source === "") return { ...circle, floor };
    const before = circle.others.get(source);
    const rest = [...circle.others].filter(([other]) => other !== source);
    const others = new Map(rest.slice(-(othersKept - 1)));
    others.set(source, afterHearing(before, perceived, { circle, name, heard: ear.hear(content) }));
    return { ...circle, floor, others };
  };
}

interface Hearing {
  readonly circle: Circle;
  /** Of the person who hears it. */
  readonly name: string;
  readonly heard: Heard | undefined;
}

function afterHearing(before: Other | undefined, perceived: Perceived, hearing: Hearing): Other {
  const { id, time, stimulus } = perceived;
  const answered = answeredIn(stimulus.content, stimulus.source ?? "", hearing.circle.floor);
  const taken = stancesIn(perceived, answered, hearing);
  const cues = cuesIn(hearing, { answered, taken, before: before?.stances ?? [] });
  const statement = {
    event: id,
    ...(time !== undefined && { time }),
    text: shortened(stimulus.content, lettersOfStatement),
  };
  return {
    credit: withCues(before?.credit ?? stranger, id, cues),
    stances: taken.reduce(withStance, before?.stances ?? []),
    said: [...(before?.said ?? []), statement].slice(-saidKept),
    ...{ first: before?.first ?? id, last: id, times: (before?.times ?? 0) + 1 },
  };
}

/** What an utterance answers: what the one said last whom it names, else the last thing that somebody else said. */
function answeredIn(text: string, speaker: string, floor: readonly Utterance[]): Utterance | undefined {
  const others = floor.filter(({ from }) => from !== speaker);
  const named = others.findLast(({ from }) => from !== "" && text.includes(from.split(" ")[0] ?? from));
  return named ?? others.at(-1);
}

/** What the speaker seems to hold: on what they answer, and on what the person holds and they speak of. */
function stancesIn(
  { id, time, stimulus }: Perceived,
  answered: Utterance | undefined,
  { circle, heard }: Hearing,
): readonly PerceivedStance[] {
  if (heard?.stance === undefined) return [];
  const { stance } = heard;
  const words = matters(stimulus.content);
  const touched = circle.topics.filter((topic) => shared(matters(topic), words) >= wordsInCommon);
  const topics = [...(answered === undefined ? [] : [claimIn(answered.text, words)]), ...touched];
  const firmness = heard.hedges ? 0.4 : heard.givesReason ? 0.8 : 0.6;
  return topics
    .filter((topic) => topic !== "")
    .map((topic) => ({ topic, stance, firmness, event: id, ...(time !== undefined && { time }) }));
}

/** The sentence that shares most with its answer; of several the longest, as it says most; "" where nothing is claimed. */
function claimIn(text: string, answer: ReadonlySet<string>): string {
  const [first = ""] = sentences(text)
    .map((sentence) => ({ sentence, words: matters(sentence) }))
    .filter(({ words }) => words.size >= wordsOfClaim)
    .map(({ sentence, words }) => ({ sentence, common: shared(words, answer) }))
    .toSorted((one, other) => other.common - one.common || other.sentence.length - one.sentence.length)
    .map(({ sentence }) => sentence);
  return shortened(first, lettersOfTopic);
}

interface Answering {
  readonly answered: Utterance | undefined;
  readonly taken: readonly PerceivedStance[];
  readonly before: readonly PerceivedStance[];
}

function cuesIn({ heard, name }: Hearing, { answered, taken, before }: Answering): readonly TrustCue[] {
  if (heard === undefined) return [];
  const toMe = answered?.from === name;
  const { givesReason, stance, praises } = heard;
  const turned = taken.some((one) => before.some((other) => isOpposite(one, other)));
  return [
    ...(givesReason ? (["reason"] as const) : []),
    ...(toMe && stance === "for" ? (["agreement"] as const) : []),
    ...(toMe && praises ? (["praise"] as const) : []),
    ...(toMe && stance === "against" && !givesReason ? (["contradiction"] as const) : []),
    ...(turned && !givesReason ? (["turnabout"] as const) : []),
  ];
}

function isOpposite(one: PerceivedStance, other: PerceivedStance): boolean {
  return one.stance !== other.stance && sameTopic(one.topic, other.topic);
}

function withStance(known: readonly PerceivedStance[], taken: PerceivedStance): readonly PerceivedStance[] {
  return [...known.filter(({ topic }) => !sameTopic(topic, taken.topic)), taken].slice(-stancesKept);
}
