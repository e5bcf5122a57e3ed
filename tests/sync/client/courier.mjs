// A phone with the production client core that captures, packs parcels and sends; one JSON line asks, one answers.
import { createHash, webcrypto } from "node:crypto";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fly } from "../../../assets/offline/core/flight.js";
import { uuid7 } from "../../../assets/offline/core/ids.js";
import { capture, deviceId, keepPhoto } from "../../../assets/offline/core/log.js";
import { packingList, parcel } from "../../../assets/offline/core/parcel.js";
import { keepPush, keepUnsentKey } from "../../../assets/offline/core/push.js";
import { makeDisk, openDisk } from "../simulator/disk.mjs";

const { url, person, cookie } = JSON.parse(process.argv[2]);
const disk = makeDisk();
const random = (count) => webcrypto.getRandomValues(new Uint8Array(count));
const sha256 = async (bytes) => createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
const phone = {
  store: openDisk(disk), now: () => Date.now(), monotonic: () => performance.now(), random, sha256, zone: () => "Asia/Shanghai",
  boot: uuid7(Date.now(), random), readBack: () => true,
};

// In the words of assets/offline/transport.js, with node's fetch and a cookie of our own.
async function call({ method, path, headers = {}, json, bytes }) {
  const response = await fetch(`${url}/api/v1/${path}`, {
    method, headers: { "Content-Type": json ? "application/json" : "application/octet-stream", Cookie: cookie, ...headers },
    body: json ? JSON.stringify(json) : bytes,
  });
  const text = await response.text();
  return { status: response.status, json: JSON.parse(text), retryAfter: 0 };
}

const port = {
  ...phone, call, person, app: "1", persisted: () => true, onProgress: () => {}, onGreeting: () => {}, alive: () => {},
};

const states = () => Object.fromEntries(["ops", "photos"].map((name) => [name, [...disk.stores[name].values()].map(({ state }) => state)]));

const DEEDS = {
  device: async () => ({ device: await deviceId(phone) }),
  // What a phone is told at hello, for tests that have no server to say it.
  told: async ({ push, unsent_key }) => {
    await keepPush(phone, await deviceId(phone), push);
    await keepUnsentKey(phone, unsent_key);
  },
  photo: async ({ shot, base64 }) => {
    const bytes = new Uint8Array(Buffer.from(base64, "base64")).buffer;
    await keepPhoto(phone, shot, bytes, null);
  },
  capture: async ({ kind, thread, body, photos }) => {
    const { id, no } = await capture(phone, { kind, thread, body, photos });
    return { id, no };
  },
  change: async ({ store, key, change }) => phone.store.write([store], async (tx) => tx.put(store, { ...(await tx.get(store, key)), ...change })),
  forget: async ({ sha256: name }) => phone.store.write(["bytes"], (tx) => tx.remove("bytes", name)),
  states: async () => states(),
  fly: async () => ({ landed: await fly(port), ...states() }),
  pack: async ({ file }) => {
    const before = JSON.stringify(states());
    const list = await packingList(phone.store);
    let done = {};
    let largest = 0;
    const out = await open(file, "w");
    for await (const piece of parcel({ ...phone, app: "1", subtle: webcrypto.subtle, onProgress: (now) => (done = { ...now }) }, list)) {
      largest = Math.max(largest, piece.length);
      await out.write(piece);
    }
    await out.close();
    return { ...done, largest, unchanged: before === JSON.stringify(states()) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { deed, ...asked } = JSON.parse(line);
  const answer = await DEEDS[deed](asked).catch((error) => ({ failed: error.code ?? String(error.stack) }));
  console.log(JSON.stringify(answer ?? {}));
}
