export {
  type Script,
  type ScriptedModel,
  type ScriptedOptions,
  scriptedModel,
} from "../../src/testing/scripted-model.ts";
