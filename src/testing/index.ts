export { type Script, type ScriptedModel, type ScriptedOptions, scriptedModel } from "./scripted-model.ts";
