// A small world for the tests of the client core: one route, one order, one person, and a phone.
import { createHash } from "node:crypto";
import { makeDisk, openDisk } from "../simulator/disk.mjs";

export const sha256 = async (bytes) => createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
export const hashOf = (text) => createHash("sha256").update(text).digest("hex");

export const LI = "0193a000-0000-7000-8000-0000000000a1";
export const START = Date.parse("2026-03-02T20:00:00Z");

const item = (id, change) => ({
  id, position: 1, kind: "pass_fail", label: id, label_en: id, required: true, photo_required: false, unit: "", low: null,
  high: null, least: null, most: null, choices: [], ...change,
});

export const ITEMS = {
  lock: item("lock", { position: 1 }),
  pressure: item("pressure", { position: 2, kind: "number", low: 0.3, high: 0.6, least: 0, most: 2 }),
  door: item("door", {
    position: 3, kind: "single",
    choices: [{ value: "shut", label: "关好", label_en: "Shut" }, { value: "open", label: "开着", label_en: "Open", fail: true }],
  }),
  remark: item("remark", { position: 4, kind: "text", required: false }),
  view: item("view", { position: 5, kind: "photo" }),
};

export function aSnapshot(change = {}) {
  const checkpoint = (id) => ({ id, name: id, name_en: id, hint: "", hint_en: "", place_kind: "lobby", code_sha256: hashOf(id) });
  const point = (id, position, template) => ({ id, position, checkpoint_id: `at-${id}`, template_id: template, not_before: 0 });
  return {
    server: "propapp", epoch: "e1", server_time: new Date(START).toISOString(), version: "1",
    me: { id: LI, name: "李国强", name_en: "Li Guoqiang", locale: "zh-CN", roles: ["guard"], home: "/today", tabs: ["today"], permissions: ["order:report"], unread: 0 },
    sites: [{ id: "garden", name: "翠湖花园", name_en: "Cuihu Garden", zone: "Asia/Shanghai" }],
    occurrences: [{ id: "tonight", site_id: "garden", route_id: "night", opens_at: iso(-60), closes_at: iso(60), grace: 10, missed_at: null, run: null }],
    routes: [{ id: "night", site_id: "garden", name: "夜巡", name_en: "Night", points: [point("p1", 1, "short"), point("p2", 2, "long")] }],
    checkpoints: [checkpoint("at-p1"), checkpoint("at-p2")],
    templates: [
      { id: "short", name: "短", name_en: "Short", items: [ITEMS.lock] },
      { id: "long", name: "长", name_en: "Long", items: Object.values(ITEMS) },
    ],
    orders: [anOrder()], staff: [], units: [], places: [], messages: [], ...change,
  };
}

/** Two of one post: li has Tuesday, wang Wednesday; wang asks li to take Wednesday. */
export function aDuty(change = {}) {
  const day = { id: "day", site_id: "garden", name: "白班", name_en: "Day", begins: 480, minutes: 540 };
  return {
    today: "2026-03-02", shifts: [day],
    turns: [{ shift_id: "day", day: "2026-03-03", people: [LI] }, { shift_id: "day", day: "2026-03-04", people: ["wang"] }],
    leaves: [{ id: "rest", first: "2026-03-10", last: "2026-03-11", reason: "", status: "approved", asked_at: iso(-90) }],
    swaps: [{ id: "swap", asker_id: "wang", other_id: LI, shift_id: "day", day: "2026-03-04", other_shift_id: null, other_day: "", reason: "", status: "asked", asked_at: iso(-60) }],
    ...change,
  };
}

export const iso = (minutes) => new Date(START + minutes * 60_000).toISOString();

export const anOrder = (change = {}) => ({
  id: "leak", number: "20260302-1", site_id: "garden", source: "owner", category: "water", priority: "high", status: "reported",
  title: "漏水", title_en: "Leak", description: "", place: "3 栋", place_en: "Building 3", reported_by_id: "owner", reported_by: "王",
  reported_at: iso(-30), respond_by: iso(10), due_at: iso(120), assignee_id: null, assignee: null, started_at: null,
  completed_at: null, closed_at: null, hold_reason: "", result_note: "", stars: null, version: 1, verbs: ["claim", "note"],
  photos: [], timeline: [], ...change,
});

/** What the core needs of a phone, with a disk of its own. */
export function aPhone(change = {}) {
  let count = 0;
  const disk = makeDisk();
  return {
    disk, store: openDisk(disk), now: () => START, monotonic: () => 0, sha256, zone: () => "Asia/Shanghai", boot: "boot",
    random: (length) => Uint8Array.from({ length }, () => (count = (count * 31 + 17) % 251)), readBack: () => true, ...change,
  };
}

/** The world as views see it, from the phone's disk. */
export function aWorld(phone, change = {}) {
  const { ops, photos, drafts } = phone.disk.stores;
  return {
    loaded: true, snapshot: aSnapshot(), askedAt: START - 1000, now: START, photos, drafts,
    ops: [...ops.values()].sort((a, b) => a.no - b.no),
    sync: { word: "sent", online: true, sending: new Set(), others: 0, last_contact: "", storage: { unkept: false, persisted: true, used: 0, free: 0 } },
    page: { problem: "", rows: {}, seen: new Set() }, photoUrl: (sha, here, form) => `${here ? "blob" : "server"}:${form}:${sha}`,
    ...change,
  };
}
