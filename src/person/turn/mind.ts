import type { Context } from "../../kernel/contracts/context.ts";
import type { ActionKind, ActorView } from "../../kernel/contracts/faculty.ts";
import type { Message } from "../../kernel/contracts/model.ts";
import type { CognitiveState, Reachable } from "../../kernel/contracts/person.ts";
import type { EpisodicLog } from "../memory/episodic-log.ts";
import type { History } from "../memory/history/history.ts";
import type { LifeMemory } from "../memory/life-memory.ts";
import type { Reminder } from "../memory/recall/reminder.ts";
import type { PersonSettings } from "../options.ts";
import type { PromptShape } from "../prompt/shape/shape.ts";
import type { QualityControl } from "../quality/control.ts";
import type { RepetitionGuard } from "../quality/repetition.ts";
import type { StanceKeeper } from "../quality/stances/stance-keeper.ts";

/** What the turn engine needs of a person. Only a committed turn changes it. */
export interface Mind {
  readonly who: ActorView;
  readonly context: Context;
  /** They go on alone from how somebody was: nothing that they do may change what others have. */
  readonly isFork: boolean;
  readonly settings: PersonSettings;
  readonly shape: PromptShape;
  readonly kinds: ReadonlyMap<string, ActionKind>;
  readonly log: EpisodicLog;
  /** What is new to the person; using it takes up nothing that was put aside. */
  readonly inbox: Pick<EpisodicLog, "pending" | "perceive">;
  readonly memory: LifeMemory;
  readonly reminder: Reminder;
  readonly history: History;
  readonly guard: RepetitionGuard | undefined;
  readonly quality: QualityControl | undefined;
  readonly stances: StanceKeeper | undefined;
  /** The persona as it is now, read aloud, and its message. */
  readonly persona: unknown;
  readonly prose: string;
  readonly portrait: Message;
  /** The one language that the person speaks, when there is one only. */
  readonly language: string | undefined;
  readonly location: string | undefined;
  /** Who can be reached where no world says it. */
  readonly reachable: readonly Reachable[] | undefined;
  /** Counts an effect, or a question to somebody outside, by a digest of what it is; gives how often it came before since the run was opened. */
  timesBefore(what: string): number;
  /** Something was added to what the person lived through. */
  grew(): void;
  state: CognitiveState;
}
