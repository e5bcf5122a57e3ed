// The product's own server rules, in a Python process at the other end of two pipes. The virtual clock
// stands still until an answer is here, so a seed tells the same story again.
import { readSync, writeSync } from "node:fs";

export const PERSON = "00000000-0000-4000-8000-0000000000a1";
export const ANOTHER = "00000000-0000-4000-8000-0000000000a2";
export const THIRD = "00000000-0000-4000-8000-0000000000a3";

/** @param {{reading: number, writing: number}} pipe the numbers of two open files */
export function openPipe({ reading, writing }) {
  const buffer = Buffer.alloc(1 << 16);
  return (order) => {
    writeSync(writing, `${JSON.stringify(order)}\n`);
    const pieces = [];
    for (;;) {
      const count = readSync(reading, buffer);
      if (count === 0) throw new Error("The server's process has ended.");
      pieces.push(Buffer.from(buffer.subarray(0, count)));
      if (buffer[count - 1] === 10) return JSON.parse(Buffer.concat(pieces).toString("utf8"));
    }
  };
}

/** The server of one schedule, and what it has told of every change that it committed. */
export function makeServer({ clock, fail }, ask, { seed, chunk }) {
  const server = { state: empty(), conflicts: [], unreadable: new Set(), backedUp: false, died: 0 };
  const order = (what, heard = () => {}, browser = null) => ask(what, ({ news, ...answer }) => {
    for (const [kind, ...facts] of news) NEWS[kind](server, browser, ...facts);
    heard(answer);
  });
  order({ do: "begin", seed, chunk });
  return Object.assign(server, {
    /** Ask in the name of whoever is signed in on this browser by then. */
    handle: async (request, browser) => keptSeconds(server, fail, await handle(server, clock, order, request, browser)),
    /** What the office does with a work order; where the order does not allow it nothing happens. */
    office: (verb, order_id, person) => order({ do: "office", verb, order_id, person }),
    /** How often each of its steps goes wrong from now on. */
    weather: (rates) => order({ do: "weather", ...rates }),
    refuse: (sha256) => (server.unreadable.add(sha256), order({ do: "unreadable", sha256 })),
    /** Keep a copy now; `restore` goes back to it, as an operator would after a disaster. */
    keepBackup: () => ((server.backedUp = true), order({ do: "back_up" })),
    restore: () => server.backedUp && order({ do: "restore" }),
  });
}

const empty = () => ({ ops: new Map(), photos: new Map(), order: [], steps: [] });

/** Under what a photo stands: each person's own delivery of it. */
export const photoKey = (person, sha256) => `${person} ${sha256}`;

const NEWS = {
  op: ({ state }, _, id, body, outcome, person, thread_id, n, device) => {
    state.ops.set(id, { id, body, outcome, person, thread_id, n, device });
    state.order.push(id);
  },
  step: ({ state }, _, order, verb, person, taken) => state.steps.push({ order, verb, person, taken }),
  photo: ({ state }, _, person, sha256, complete, digest) => state.photos.set(photoKey(person, sha256), { sha256, complete, digest }),
  greeted: (_, { names }, device) => names.add(device),
  lost: (_, { lost }, device) => lost.add(device),
  conflict: ({ conflicts }, _, id, code) => conflicts.push({ id, code }),
  restored: (server) => {
    // An answer that is under way was true when it was given.
    server.before = server.state;
    server.state = empty();
  },
};

// I1: another content under used numbers is turned away, and kept for a human.
function keptSeconds({ conflicts }, fail, answer) {
  for (const { id, status } of answer.json?.results ?? []) {
    if (status === "conflict" && !conflicts.some((one) => one.id === id)) fail("I1", `${id} was turned away and not kept`);
  }
  return answer;
}

async function handle(server, clock, order, { path, headers, json, bytes }, browser) {
  const person = browser.signedIn ? browser.session : "";
  const content = bytes ? { bytes: Buffer.from(bytes).toString("base64") } : { text: JSON.stringify(json) };
  const what = { do: "request", now: clock.now(), person, path, headers: headers ?? {}, ...content };
  const { status, json: said } = await new Promise((heard) => order(what, heard, browser));
  if (status === 0) {
    server.died++;
    throw new Error("the server died");
  }
  return { status, json: said };
}
