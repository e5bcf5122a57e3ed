// Started by run.py, which is the server at the other end of the pipe; prints what happened as JSON.
import { parseArgs } from "node:util";
import { several } from "./crowd.mjs";
import { PLANTS, withPlanted } from "./plants.mjs";
import { makePost } from "./post.mjs";
import { Violation, runSchedule } from "./schedule.mjs";
import { openPipe } from "./server.mjs";

const LANES = 16;
const CORE = new URL("../../../assets/offline/core/", import.meta.url);

async function loadCore(folder) {
  const modules = await Promise.all(["log.js", "flight.js", "loop.js"].map((name) => import(new URL(name, folder))));
  return Object.assign({}, ...modules);
}

/** The first seed whose schedule breaks a promise, or null. */
async function firstViolation(folder, from, count, ask, phones) {
  const [core, post, found] = [await loadCore(folder), makePost(ask, LANES), []];
  let seed = from;
  // Whoever finds one lets the others end theirs: one of those may be of a lower seed.
  const walk = async (lane) => {
    while (seed < from + count && found.length === 0) found.push(...await problems(seed++, core, post.lane(lane), phones));
    post.close();
  };
  await Promise.all(Array.from({ length: LANES }, (_, lane) => walk(lane)));
  return found.sort((a, b) => a.seed - b.seed)[0] ?? null;
}

async function problems(seed, core, lane, phones) {
  try {
    await runSchedule(seed, core, lane, phones);
    return [];
  } catch (error) {
    return [{ seed, problem: error.message, stack: error instanceof Violation ? undefined : error.stack }];
  }
}

const { values } = parseArgs({ options: {
  from: { type: "string", default: "1" }, count: { type: "string", default: "2000" }, plant: { type: "string" },
  plants: { type: "boolean", default: false }, crowd: { type: "boolean", default: false }, reading: { type: "string" }, writing: { type: "string" },
} });

if (values.plants) {
  console.log(JSON.stringify(Object.keys(PLANTS)));
} else {
  const ask = openPipe({ reading: Number(values.reading), writing: Number(values.writing) });
  const run = (folder) => firstViolation(folder, Number(values.from), Number(values.count), ask, values.crowd ? several : undefined);
  const found = values.plant ? await withPlanted(values.plant, CORE, run) : await run(CORE);
  console.log(JSON.stringify(found ?? { problem: null, schedules: Number(values.count) }));
  process.exitCode = found ? 1 : 0;
}
// Flights that were cut short wait for ever; nobody waits for them.
process.exit();
