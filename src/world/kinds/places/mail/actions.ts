import { z } from "zod";
import type { ActionKind } from "../../../../kernel/contracts/faculty.ts";

const Text = z
  .string()
  .max(5_000)
  .refine((text) => text.trim() !== "", "has to say something");
const Target = z.string().max(1_000);

const mail: readonly ActionKind[] = [
  {
    type: "SEND_MAIL",
    kind: "expressive",
    description: "send an e-mail to `target` (full names, with commas between them) with a `subject` and its `content`",
    args: z.object({ target: Target, subject: z.string().max(200), content: Text }),
  },
];

const chat: readonly ActionKind[] = [
  {
    type: "WRITE_IN_CHANNEL",
    kind: "expressive",
    description:
      "write `content` in a channel of yours, `target` (#name); @ and a full name calls somebody's attention",
    args: z.object({ target: Target, content: Text }),
  },
  {
    type: "JOIN_CHANNEL",
    kind: "expressive",
    description: "join a channel, `target` (#name), to read and write in it",
    args: z.object({ target: Target }),
  },
  {
    type: "LEAVE_CHANNEL",
    kind: "expressive",
    description: "leave a channel, `target` (#name), which you do not want to read any more",
    args: z.object({ target: Target }),
  },
];

/** What people can do: send e-mail, and where there are channels, write in them. */
export const messageActions = (hasChannels: boolean): readonly ActionKind[] => [...mail, ...(hasChannels ? chat : [])];
