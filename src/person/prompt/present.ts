import type { Note } from "../../kernel/contracts/faculty.ts";
import type { Message } from "../../kernel/contracts/model.ts";
import type { CognitiveState, Reachable } from "../../kernel/contracts/person.ts";
import { clockTime } from "../../kernel/values/clock.ts";
import { asData, asLabel, enclose } from "./delimit.ts";

/** What holds only now: it comes last in the prompt, is replaced in every call and never kept. */
export interface Present {
  readonly name: string;
  /** The one language that the person speaks, when there is one only: what was heard in others pulls an answer there. */
  readonly language?: string;
  /** ISO 8601, as clocks show it where the person is. */
  readonly time?: string;
  readonly location?: string;
  /** Who can be reached, those who matter most first; undefined when nobody said. */
  readonly reachable?: readonly Reachable[];
  /** How many more can be reached whom `reachable` does not name. */
  readonly alsoReachable: number;
  readonly state: CognitiveState;
  readonly notes: readonly Note[];
  /** The person's last answer was taken back: the message before this one says why. */
  readonly again?: true;
  /** How many stimuli in the message before this one are new. */
  readonly fresh: number;
  /**
   * Why the turn goes on. `answered`: a question was answered; `last`: and no further one can be asked in this turn;
   * `unread`: an action could not be read.
   */
  readonly query?: "answered" | "last" | "unread";
}

/** More names than this are a crowd: the rest is given as a number. */
const namesShown = 24;
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** The last message of a prompt. */
export function presentMessage(present: Present): Message {
  return { role: "user", content: presentText(present) };
}

/** The last message of a prompt in which somebody is asked something aside. */
export function questionMessage(present: Present, question: string): Message {
  const name = asLabel(present.name);
  const asked = [
    `Time stands still for a moment: ${name} does nothing, and is asked something that nobody else hears of.`,
    enclose("question", `\n${question}\n`),
    `Answer as ${name} really would${inLanguage(present)}, by what they know, hold and lived through, and not to please whoever asks. No \`state\`, no \`actions\`: give what the question asks for, in the form that is given.`,
  ];
  return { role: "user", content: [...nowLines(present), ...asked].join("\n") };
}

/** The text of the last message. */
export function presentText(present: Present): string {
  return [...nowLines(present), cue(present)].join("\n");
}

/** What holds now, in its tag. */
function nowLines(present: Present): readonly string[] {
  const { state } = present;
  const lines = [
    ...(present.time
      ? [`Time: ${weekdays[new Date(present.time.slice(0, 10)).getUTCDay()]} ${clockTime(present.time)}`]
      : []),
    ...labelled("Place", present.location),
    ...(present.reachable ? [`Within reach: ${people(present.reachable, present.alsoReachable)}`] : []),
    ...labelled("Your goals", state.goals),
    ...labelled("The situation", state.context?.join("; ")),
    ...labelled("Your attention", state.attention),
    ...labelled("Your feelings", state.emotions),
    ...(present.notes.length > 0
      ? ["What you remember:", ...present.notes.map((note) => `- ${asData(note.text)}`)]
      : []),
  ];
  return lines.length > 0 ? ["<now>", ...lines, "</now>"] : [];
}

function labelled(label: string, text: string | undefined): readonly string[] {
  const shown = asData(text ?? "");
  return shown.trim() === "" ? [] : [`${label}: ${shown}`];
}

function people(reachable: readonly Reachable[], unnamed: number): string {
  const shown = reachable.slice(0, namesShown).map((one) => {
    const relation = one.relation === undefined ? "" : asLabel(one.relation);
    return relation === "" ? asLabel(one.name) : `${asLabel(one.name)} (${relation})`;
  });
  const others = reachable.length - shown.length + unnamed;
  if (others > 0) shown.push(shown.length === 0 ? `${others} people` : `and ${others} others`);
  return shown.length === 0 ? "nobody" : shown.join("; ");
}

const inLanguage = ({ language }: Present): string => (language === undefined ? "" : `, in ${asLabel(language)}`);

function cue(present: Present): string {
  const act = `Go on as ${asLabel(present.name)}${inLanguage(present)}`;
  if (present.again) return `${act}, once more: \`state\`, then \`actions\`.`;
  if (present.query === "answered")
    return `What you asked for is in the message above. ${act}: \`state\`, then \`actions\`.`;
  if (present.query === "unread") {
    return `Nothing came of your last action; the message above says why. ${act}: \`state\`, then \`actions\`.`;
  }
  if (present.query === "last") {
    return `What you asked for is in the message above; ask no more for now. ${act}: \`state\`, then \`actions\`.`;
  }
  if (present.fresh === 0) return `Nothing new has reached you. ${act} if you want to; otherwise be DONE.`;
  const what = present.fresh === 1 ? "One thing is new to you" : `${present.fresh} things are new to you`;
  return `${what}: what the message above holds. ${act}: \`state\`, then \`actions\`.`;
}
