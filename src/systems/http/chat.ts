import { z } from "zod";
import type {
  Done,
  Move,
  System,
  SystemMeans,
  SystemSession,
  SystemView,
} from "../../kernel/contracts/systems/system.ts";
import { gateOf, invalidSystem } from "../gate.ts";
import { wordsOf } from "../words.ts";
import { badStatus, exchangeWith, type HttpPlace, parsed } from "./exchange.ts";
import { checkCredentials } from "./headers.ts";

/** One thing that was said in a chat. */
export interface ChatMessage {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** How a chat answers what was said so far, the last of it being the person's; it is also told when to stop waiting. */
export type ChatReply = (said: readonly ChatMessage[], means: SystemMeans) => Promise<string>;

interface ChatNames {
  readonly name: string;
  /** What it says before anybody has said anything. */
  readonly opening?: string;
}

/** A chat by its address, or by a function that answers. */
export type ChatOptions = ChatNames &
  (
    | { readonly reply: ChatReply }
    /** The base of an OpenAI-compatible service, as in `http://localhost:8080/v1`. */
    | (HttpPlace & { readonly model?: string })
  );

const say = {
  type: "SAY_TO_SYSTEM",
  description: "write `content` to the system you are using, and send it; once a turn",
  args: z.object({ content: z.string().min(1) }),
};

/**
 * A chat that people write to: any OpenAI-compatible endpoint, or whatever a function of yours talks to.
 * Throws OPTION_INVALID, SYSTEM_REFUSED.
 * @example
 * const parrot = chatSystem({ name: "parrot", reply: async (said) => `You said: ${said.at(-1)?.content}` });
 * const bot = chatSystem({ name: "bot", url: "http://localhost:8080/v1", allow: ["localhost:8080"], key: "BOT_KEY" });
 */
export function chatSystem(options: ChatOptions): System {
  const { name, opening } = options;
  const replying = "reply" in options ? () => options.reply : overHttp(options);
  return {
    ...{ name, about: "a chat", moves: [say] },
    place: "reply" in options ? "function" : options.url,
    open: async (means) => {
      const reply = replying(means);
      const said: ChatMessage[] = opening === undefined ? [] : [{ role: "assistant", content: opening }];
      const text = wordsOf(opening ?? "An empty window for a chat; it waits for what you write.");
      return chatSession({ said, first: { text }, answer: (all) => answered(reply, all, means) });
    },
  };
}

interface Chat {
  readonly said: ChatMessage[];
  readonly first: SystemView;
  answer(said: readonly ChatMessage[]): Promise<SystemView>;
}

function chatSession({ said, first, answer }: Chat): SystemSession {
  return {
    first,
    do: async (move) => {
      const content = contentOf(move);
      const shown = await answer([...said, { role: "user", content }]);
      // What brought no answer was not said: the next message would else stand beside it.
      if (shown.failed === undefined) said.push(...exchanged({ move, shown }));
      return shown;
    },
    takeUp: (done) => {
      for (const one of done) if (one.shown.failed === undefined) said.push(...exchanged(one));
    },
    close: async () => undefined,
  };
}

const contentOf = ({ args }: Move): string => String(args["content"]);

const exchanged = ({ move, shown }: Done): readonly ChatMessage[] => [
  { role: "user", content: contentOf(move) },
  { role: "assistant", content: shown.text },
];

/** What a chat that is silent or broken says, for those who wrote to it. */
class Silent extends Error {
  readonly shown: SystemView;
  constructor(shown: SystemView) {
    super(shown.text);
    this.shown = shown;
  }
}

async function answered(reply: ChatReply, said: readonly ChatMessage[], means: SystemMeans): Promise<SystemView> {
  try {
    const text = wordsOf(await reply(said, means));
    return text === "" ? { text: "(It answers with nothing.)", failed: "EMPTY" } : { text };
  } catch (error) {
    if (error instanceof Silent) return error.shown;
    throw error;
  }
}

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
});

function overHttp(options: ChatNames & HttpPlace & { readonly model?: string }): (means: SystemMeans) => ChatReply {
  const { name, url, model = "default" } = options;
  const gate = gateOf(name, options.allow);
  if (URL.parse(url) === null) throw invalidSystem("url", "an http or https address");
  checkCredentials(options);
  gate.check(url);
  const address = `${url.replace(/\/+$/, "")}/chat/completions`;
  return (means) => {
    const exchange = exchangeWith(options, { ...means, system: name, gate });
    return async (messages) => {
      const answer = await exchange(address, { body: JSON.stringify({ model, messages, stream: false }) });
      if ("shown" in answer) throw new Silent(answer.shown);
      const bad = badStatus(answer);
      if (bad !== undefined) throw new Silent(bad);
      const { data } = Completion.safeParse(parsed(answer.body));
      const said = data?.choices[0]?.message.content;
      if (data === undefined) throw new Silent({ text: "It answers with something that is no chat.", failed: "SHAPE" });
      return said ?? "";
    };
  };
}
