export { type ContractCase, modelContract } from "./model-contract.ts";
export { type Script, type ScriptedModel, type ScriptedOptions, scriptedModel } from "./scripted-model.ts";
export { says, type TestSimulation, type TestSimulationOptions, testSimulation } from "./test-simulation.ts";
