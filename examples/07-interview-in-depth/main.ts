import { defineStudy, interview } from "tinytroupe";

export default defineStudy({
  name: "interview-in-depth",
  about: "An interviewer asks a bus driver about her day, and asks further where it gets interesting.",
  seed: 13,
  run: async (simulation) => {
    const interviewer = await simulation.person("rasha");
    const interviewee = await simulation.person("thandeka");
    const talk = interview(simulation, {
      interviewer,
      interviewee,
      guide: {
        opening: "Thank you for taking the time. I would like to understand what your working day is like.",
        topics: [
          {
            ask: "What do you do in the first hour of a working day?",
            followUps: ["Which part of it could go, and why?"],
          },
          "When did something go badly wrong at work for the last time?",
          { ask: "What would you never want a machine to do for you?", followUps: ["Why that?"] },
        ],
        closing: "Thank you. You have told me more than I hoped for.",
        deviations: 2,
      },
    });
    return { answers: await talk.hold() };
  },
});
