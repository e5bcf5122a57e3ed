// Brings store, outbox and browser together: who works here, when to send, what the server last said.
import { hex, uuid7 } from "./core/ids.js";
import { fly } from "./core/flight.js";
import { forget } from "./core/forget.js";
import { makeLoop } from "./core/loop.js";
import { heldPush } from "./core/push.js";
import { noteLost, renameDevice } from "./core/rename.js";
import { countOthers, keepNote, lastSaid, measure, persist, readNote, sayNext, tryRefusedAgain } from "./upkeep.js";
import { currentPerson, onDevice, openStore } from "./store.js";
import { call } from "./transport.js";

const EVERY = 30_000;
const SUSPECT = 10 * 60_000;
const SILENCE = 2 * 60_000;
const ELSEWHERE = { word: "elsewhere", wait: 3000, troubled: true };

export const random = (count) => crypto.getRandomValues(new Uint8Array(count));
export const sha256 = async (bytes) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

const boot = typeof crypto === "undefined" ? "" : uuid7(0, random);
const webkit = () => /AppleWebKit/.test(navigator.userAgent) && !/Chrom(e|ium)/.test(navigator.userAgent);

/** @param {() => void} onChange told whenever a view may have changed */
export function makeEngine(onChange) {
  const engine = {
    person: null, store: null, loop: null, ready: null, snapshot: null, etag: null, askedAt: 0, loaded: false,
    sync: { ...lastSaid(), sending: new Set() }, onChange, refreshing: null, locked: null, session: null, passing: null, noteKept: null,
    flying: null, sign: 0, waiting: 0,
    start: () => start(engine), wake: () => wake(engine), lock: () => lock(engine),
    refresh: () => refresh(engine), tools: () => tools(engine),
  };
  return engine;
}

function tools(engine) {
  return {
    store: engine.store, now: () => Date.now(), monotonic: () => performance.now(), random, sha256, boot,
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    // WebKit loses what it was given more often than others.
    readBack: () => webkit() || Math.random() < 0.1,
  };
}

function flightPort(engine) {
  return {
    ...tools(engine), call: (request) => (engine.loop.alive(), call(request)), person: engine.person, app: appVersion(),
    persisted: () => engine.sync.storage.persisted, onProgress: (flight) => progressed(engine, flight),
    onGreeting: (greeting) => greeted(engine, greeting), alive: () => engine.loop.alive(),
  };
}

export const appVersion = () => document.querySelector('meta[name="propapp-version"]')?.content ?? "";

async function start(engine) {
  addEventListener("online", () => engine.wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && engine.wake());
  setInterval(() => document.visibilityState === "visible" && (refresh(engine), passOn(engine)), EVERY);
  engine.locked = await onDevice("locked").catch(() => null);
  const person = await currentPerson().catch(() => null);
  if (person) await workFor(engine, person);
  else await refresh(engine);
  engine.loaded = true;
  engine.onChange();
  void refresh(engine);
  await Promise.all([measure(engine), countOthers(engine)]);
  passOn(engine);
  // Nobody waits for what a browser asks its person.
  if (engine.person) void persist(engine).catch(() => {});
}

// Another person's things stay in that person's own database until they come back.
async function workFor(engine, person) {
  engine.loop?.stop();
  engine.store?.close();
  Object.assign(engine, { person, snapshot: null, etag: null, askedAt: 0 });
  engine.store = await openStore(person, (what, sync) => heard(engine, what, sync));
  const kept = await engine.store.read(["snapshot"], (tx) => tx.get("snapshot", "last"));
  if (kept) Object.assign(engine, { snapshot: kept.value, etag: kept.etag, askedAt: kept.asked_at });
  await watchForLoss(engine);
  await tryRefusedAgain(engine.store);
  engine.loop = newLoop(engine);
  engine.loop.wake();
}

// Neither a note that cannot be read nor one that cannot be written keeps anybody from their work.
async function watchForLoss(engine) {
  const { noteKept, noticeCleared } = await import("./canary.js").catch(() => ({}));
  await noticeCleared?.(engine, { noteLost, renameDevice, readNote }).catch(() => {});
  engine.noteKept = noteKept;
}

function heard(engine, what, sync) {
  if (what === "store" && engine.store) engine.noteKept?.(engine, { keepNote });
  if (what === "blocked") engine.sync.word = "blocked";
  if (what === "sync" && sync) Object.assign(engine.sync, sync, { sending: new Set(sync.sending) });
  if (what === "sync") engine.sign = performance.now();
  if (what === "store:elsewhere") engine.loop?.remind();
  // What was locked in one tab is not left open in another.
  if (what === "locked") return location.assign("/sign-in");
  engine.onChange();
}

function newLoop(engine) {
  return makeLoop({
    fly: () => flyAlone(engine),
    later: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    monotonic: () => performance.now(), chance: Math.random, onWord: (word) => landed(engine, word),
  });
}

// One flight for each person, however many tabs are open. One that gives no sign of life for two minutes never
// comes back, though its tab still holds the lock; one of this tab has been given up by the loop.
async function flyAlone(engine) {
  if (!navigator.locks) return flyAnyhow(flightPort(engine));
  const free = engine.flying !== engine.person && (await flyUnderLock(engine, { ifAvailable: true }));
  return free || flyInstead(engine);
}

function flyInstead(engine) {
  const now = performance.now();
  engine.waiting ||= now;
  const silent = engine.flying === engine.person || now - Math.max(engine.waiting, engine.sign) > SILENCE;
  return silent ? flyUnderLock(engine, { steal: true }) : ELSEWHERE;
}

function flyUnderLock(engine, how) {
  const port = flightPort(engine);
  const flight = async (mine) => {
    if (!mine) return null;
    Object.assign(engine, { flying: port.person, waiting: 0 });
    return flyAnyhow(port).finally(() => (engine.flying = null));
  };
  // Where another tab took the lock: whatever still comes of this flight, the server takes each thing once.
  const taken = (error) => (error?.name === "AbortError" ? ELSEWHERE : Promise.reject(error));
  return navigator.locks.request(`sync:${engine.person}`, how, flight).catch(taken);
}

// A session that has ended is said, and does not keep the work from going up.
async function flyAnyhow(port) {
  const landed = await fly(port);
  const token = landed.word === "sign_in" ? await heldPush(port.store) : null;
  if (token) await fly({ ...port, token, onGreeting: () => {} });
  return landed;
}

/** Send what other people left on this phone, one round at a time. */
function passOn(engine) {
  if (engine.sync.others === 0) return;
  const port = { ...tools(engine), call, person: engine.person, app: appVersion(), persisted: () => engine.sync.storage.persisted };
  engine.passing ??= import("./others.js")
    .then(({ sendForOthers }) => sendForOthers(port))
    .then(() => countOthers(engine)).catch(() => {}).finally(() => (engine.passing = null));
}

function progressed(engine, flight) {
  const { done, total, bytes, photo } = flight;
  tell(engine, { progress: { done, total, bytes }, sending: flight.inFlight, photo });
}

function greeted(engine, { lost, cleared, offset }) {
  // Where the browser kept no note of its own, the server knew it again.
  if (cleared && !engine.store.mirror.meta.has("cleared")) void rememberCleared(engine, cleared);
  const clock_suspect = Math.abs(offset) > SUSPECT;
  const last_contact = new Date().toISOString();
  // Only now is it true that something is being sent: the server itself has answered.
  tell(engine, { word: "sending", online: true, clock_suspect, last_contact, lost: engine.sync.lost + lost });
}

function rememberCleared(engine, { missing }) {
  return engine.store.write(["meta"], (tx) => tx.put("meta", { key: "cleared", value: { unsent: missing } })).catch(() => {});
}

function landed(engine, word) {
  if (word === "elsewhere") return;
  tell(engine, { word, online: word !== "offline" });
  if (word === "sent") void refresh(engine).then(() => forget(engine.store, Date.now(), engine.sync.storage.level !== "ok")).catch(() => {});
  if (word === "other_person") void refresh(engine);
}

/** Change the sync state here and in the other tabs. */
function tell(engine, change) {
  Object.assign(engine.sync, change);
  // Not with every piece of a photo: only a word is for the next page.
  if (change.word) sayNext(engine.sync);
  const { word, progress, online, last_contact, sending, photo } = engine.sync;
  engine.store?.channel?.postMessage({ sync: { word, progress, online, last_contact, photo, sending: [...sending] } });
  engine.onChange();
}

function wake(engine) {
  engine.loop?.wake();
  void refresh(engine);
  passOn(engine);
}

/** Ask what is new; without an answer the last word stays. */
function refresh(engine) {
  engine.refreshing ??= askSnapshot(engine).catch(() => {}).finally(() => (engine.refreshing = null));
  return engine.refreshing;
}

async function askSnapshot(engine) {
  const asked_at = Date.now();
  const headers = engine.etag ? { "If-None-Match": engine.etag } : {};
  const answer = await call({ method: "GET", path: "snapshot", headers }).catch(() => null);
  const wasAway = !engine.sync.online || engine.sync.word === "sign_in";
  if (!answer || answer.status >= 500) return tell(engine, { online: false });
  if (engine.locked && (await stillLocked(engine, answer))) return tell(engine, { online: true, word: "sign_in" });
  if (answer.status === 401) return tell(engine, { online: true, word: "sign_in" });
  if (answer.session && answer.session !== engine.session) engine.session = await onDevice("session", answer.session);
  if (answer.status === 304) await keep(engine, { value: engine.snapshot, etag: engine.etag, asked_at });
  else if (answer.status === 200 && answer.json?.server === "propapp") await newSnapshot(engine, answer, asked_at);
  else return tell(engine, { online: false });
  tell(engine, { online: true, last_contact: new Date().toISOString() });
  // The server is back sooner than the next try was planned for.
  if (wasAway) engine.loop?.wake();
}

// A phone that was locked without a network still holds the session: it is ended before anything is shown.
async function stillLocked(engine, answer) {
  const same = answer.session !== "" && answer.session === engine.locked;
  if (same) await endSession();
  else if (answer.status === 401 || answer.session) engine.locked = await onDevice("locked", null);
  return same;
}

async function newSnapshot(engine, answer, asked_at) {
  const person = answer.json.me.id;
  if (person !== engine.person) {
    await currentPerson(person);
    await workFor(engine, person);
    await Promise.all([measure(engine), countOthers(engine)]);
    passOn(engine);
    void persist(engine).catch(() => {});
  }
  await keep(engine, { value: answer.json, etag: answer.etag, asked_at });
  const epoch = engine.store.mirror.meta.get("epoch")?.value;
  // The server went back to a backup: what it had from this phone has to be sent again.
  if (epoch && epoch !== answer.json.epoch) engine.loop.wake();
}

async function keep(engine, { value, etag, asked_at }) {
  Object.assign(engine, { snapshot: value, etag, askedAt: asked_at });
  engine.onChange();
  await engine.store.write(["snapshot"], (tx) => tx.put("snapshot", { key: "last", value, etag, asked_at }));
  // With each answer, also one that says nothing is new: the work itself may be on this phone only since then.
  if (value.ended?.length) void import("./ended.js").then(({ hear }) => hear(engine)).catch(() => {});
}

/** Lock the phone: nothing is deleted, nothing is shown until somebody signs in. */
async function lock(engine) {
  await onDevice("locked", await onDevice("session"));
  await currentPerson(null);
  engine.loop?.stop();
  engine.store?.channel?.postMessage({ locked: true });
  await endSession();
}

const endSession = () =>
  fetch("/api/v1/sign-out", { method: "POST", redirect: "manual", keepalive: true }).catch(() => {});
