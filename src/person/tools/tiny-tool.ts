import type { ActionKind, EffectPolicy, Faculty } from "../../kernel/contracts/faculty.ts";
import { checkBringsActions } from "../invalid-option.ts";

/** Something that people use: kinds of actions under one name, one owner and one policy. */
export interface TinyTool {
  readonly name: string;
  readonly actions: readonly ActionKind[];
  /** Who may use it, by name. Default: whoever has it. */
  readonly owner?: string;
  /** Its effects reach beyond the run, as mail and money do. */
  readonly realWorld?: boolean;
  /** Whether its effects happen. Default: `simulate` for a tool that reaches beyond the run, `allow` for all else. */
  readonly policy?: EffectPolicy;
  /** As a faculty's. */
  close?(): Promise<void>;
}

/**
 * Tools as a faculty. The runtime holds people to each tool's owner and policy, of its own actions alone; what an action
 * says for itself comes over what its tool says. OPTION_INVALID for what is no list of tools.
 * @example
 * const writer = new TinyWordProcessor();
 * toolUse([writer]).actions.map((action) => action.type); // => ["WRITE_DOCUMENT"]
 */
export function toolUse(tools: readonly TinyTool[]): Faculty {
  checkBringsActions("tools", tools, "toolUse([new TinySpreadsheet()])");
  return {
    name: "tools",
    actions: tools.flatMap((tool) => tool.actions.map((action) => ofTool(action, tool))),
    close: async () => {
      await Promise.all(tools.map((tool) => tool.close?.()));
    },
  };
}

function ofTool(action: ActionKind, { owner, realWorld, policy }: TinyTool): ActionKind {
  const terms = { ...(realWorld !== undefined && { realWorld }), ...(policy !== undefined && { policy }) };
  return {
    ...action,
    ...(owner !== undefined && action.owner === undefined && { owner }),
    ...(action.kind === "effect" && { effect: { ...terms, ...action.effect } }),
  };
}
