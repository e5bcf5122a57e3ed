// A phone's day with the production client: the n-th call of it fails, for every n. Started by
// field.py, which answers at the other end of the pipe as the real server does.
import { parseArgs } from "node:util";
import * as bodies from "../../assets/offline/core/bodies.js";
import * as drafts from "../../assets/offline/core/drafts.js";
import { fly } from "../../assets/offline/core/flight.js";
import { uuid7 } from "../../assets/offline/core/ids.js";
import { capture, keepPhoto } from "../../assets/offline/core/log.js";
import { makeLoop } from "../../assets/offline/core/loop.js";
import { sha256 } from "../sync/client/things.mjs";
import { makeChance } from "../sync/simulator/chance.mjs";
import { makeClock } from "../sync/simulator/clock.mjs";
import { makeDisk, openDisk } from "../sync/simulator/disk.mjs";
import { openPipe } from "../sync/simulator/server.mjs";

const MINUTE = 60_000;

/** What becomes of the call that fails: how far it came, and what the phone hears. */
const FATES = {
  "never sent": (send) => { throw new Error("the connection was lost"); },
  "answer lost": (send) => { send(); throw new Error("the answer was lost"); },
  "answer cut": (send) => ({ ...send(), json: null }),
  "a stranger answers": () => ({ status: 200, json: { login: true } }),
  "bad gateway": (send) => (send(), { status: 502, json: null }),
};

/** A day in which call `at` fails, and with `lasting` each one from there on until the day's end. */
async function day(ask, { fate, at, lasting, kept }) {
  const { now, person, snapshot, codes, photo } = ask({ do: "begin" });
  const clock = makeClock(now);
  const network = { calls: 0, strikes: (call) => call === at || (lasting && call > at) };
  const phone = makePhone(clock, network, ask, { fate: FATES[fate], person });
  const told = await walk(phone, snapshot, codes, Buffer.from(photo, "base64"));
  phone.loop.wake();
  await clock.run(clock.now() + 20 * MINUTE);
  const struck = network.calls >= at;
  const atServer = ask({ do: "state" });
  honest(phone, atServer);
  network.strikes = () => false;
  // Nobody touches the phone: it has to find out by itself that all is well again.
  await clock.run(clock.now() + 6 * MINUTE);
  const waiting = [...phone.disk.stores.ops.values(), ...phone.disk.stores.photos.values()].filter((one) => one.state !== "sent");
  if (waiting.length > 0) throw new Error(`still waiting: ${JSON.stringify(waiting)}`);
  kept.calls = Math.max(kept.calls, network.calls);
  return { struck, told };
}

function makePhone(clock, network, ask, { fate, person }) {
  const chance = makeChance(1);
  const disk = makeDisk();
  const store = openDisk(disk);
  const tools = {
    store, now: clock.now, monotonic: clock.now, random: chance.bytes, sha256, zone: () => "Asia/Shanghai", boot: "boot", readBack: () => true,
  };
  const call = async (request) => {
    network.calls++;
    await clock.sleep(50);
    const send = () => ask({ do: "request", now: clock.now(), ...wired(request) });
    return network.strikes(network.calls) ? fate(send) : send();
  };
  const port = { ...tools, call, person, app: "1", persisted: () => true, onProgress: () => {}, onGreeting: () => {}, alive: () => {} };
  const loop = makeLoop({ fly: () => fly(port), later: clock.later, monotonic: clock.now, chance: chance.next, onWord: () => {} });
  return { disk, tools, loop };
}

function wired({ method, path, headers = {}, json, bytes }) {
  const content = bytes ? { bytes: Buffer.from(bytes).toString("base64") } : { text: JSON.stringify(json) };
  return { method, path, headers, ...content };
}

/** The round that is due, walked whole: broken at the first point with a photo of it. */
async function walk({ tools }, snapshot, codes, bytes) {
  const plan = drafts.planOf(snapshot, snapshot.occurrences[0]);
  const run = uuid7(tools.now(), tools.random);
  const at = () => new Date(tools.now()).toISOString();
  const shot = { sha256: await sha256(bytes), size: bytes.byteLength, width: 640, height: 420, taken_at: at(), live: true };
  await keepPhoto(tools, shot, new Uint8Array(bytes).buffer, null);
  const made = [await capture(tools, bodies.startRun(run, plan.occurrence.id, plan.route))];
  for (const [i, point] of plan.points.entries()) {
    const fresh = drafts.newPoint({ run, point: point.id, visit: uuid7(tools.now(), tools.random) });
    const here = drafts.arrive(fresh, { method: "scan", code: codes[point.checkpoint_id], at: at() });
    const item = [...point.template.items].sort((a, b) => a.position - b.position)[0];
    const answer = i === 0 ? { verdict: "fail", note: "合页坏了", photos: [shot] } : { verdict: "pass" };
    made.push(await capture(tools, bodies.visit(drafts.answered(here, item.id, answer), point)));
  }
  made.push(await capture(tools, bodies.finish(run, "", plan.route)));
  return made;
}

// What the phone calls sent is at the server; what is not there still waits on the phone.
function honest({ disk }, atServer) {
  for (const op of disk.stores.ops.values()) {
    if (op.state === "attention") throw new Error(`set aside for no reason: ${op.code}`);
    if (op.state === "sent" && !atServer.operations.includes(op.id)) throw new Error(`called sent and is not there: ${op.id}`);
  }
  for (const photo of disk.stores.photos.values()) {
    if (photo.state === "sent" && !atServer.photos.includes(photo.sha256)) throw new Error(`called sent and is not there: ${photo.sha256}`);
  }
}

const { values } = parseArgs({ options: { reading: { type: "string" }, writing: { type: "string" } } });
const ask = openPipe({ reading: Number(values.reading), writing: Number(values.writing) });
const results = {};
for (const fate of Object.keys(FATES)) {
  for (const lasting of [false, true]) {
    const kept = { calls: 0 };
    for (let at = 1; ; at++) {
      let outcome;
      try {
        outcome = await day(ask, { fate, at, lasting, kept });
        ask({ do: "check", told: outcome.told.map((op) => op.id) });
      } catch (error) {
        console.log(JSON.stringify({ problem: `${fate}, call ${at}, ${lasting ? "for ever" : "once"}: ${error.stack}` }));
        process.exit(1);
      }
      if (!outcome.struck) break;
      results[`${fate}, ${lasting ? "for ever" : "once"}`] = at;
    }
  }
}
console.log(JSON.stringify({ problem: null, results }));
process.exit();
