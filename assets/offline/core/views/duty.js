// My shifts, and what I ask of the roster or am asked: leave and swaps, one question at a time.
import { bodyOf, covered, localOps, sendState, standing } from "../overlay.js";

const LINE = { id: "", href: "", at: "", weekday: "", weekday_en: "", name: "", name_en: "", hours: "", note: "", day: "" };
export const DUTY = {
  ready: false, step: "home", back: "", turns: [], of_me: [], mine: [], choices: [], given: LINE, taken: LINE,
  other: "", other_en: "", first: "", last: "", days: 0, turns_then: 0, soonest: "", reason: "", problem: "",
};
/** What is written before it is sent, and the key under which the phone keeps it. */
export const ASK = "ask:roster";
const DAY = 86_400_000;
const DAYS = 14;
const LONGEST = 7;

/**
 * @param {import("../overlay.js").World} world
 * @param {{ask: string, first: string, last: string, turn: string, who: string, give: string}} asked of the address
 */
export function duty(world, asked) {
  const book = world.snapshot?.duty;
  // A snapshot of an older server has no roster, and whoever is on none has nothing to ask.
  if (!book) return world.snapshot ? { ...DUTY, ready: true } : DUTY;
  const known = { world, book, me: world.snapshot.me.id, shifts: new Map(book.shifts.map((one) => [one.id, one])) };
  const found = { ...DUTY, ready: true, reason: world.drafts.get(ASK)?.text ?? "", problem: world.page.problem ?? "" };
  if (asked.ask === "leave") return { ...found, ...leaveSteps(known, asked) };
  if (asked.ask === "swap") return { ...found, ...swapSteps(known, asked) };
  const asks = [...leaves(known), ...swaps(known)].sort((a, b) => b.asked_at.localeCompare(a.asked_at));
  const waits = (one) => one.verbs.includes("accept");
  return { ...found, turns: turnsOf(known, known.me), of_me: asks.filter(waits), mine: asks.filter((one) => !waits(one)) };
}

function leaveSteps(known, { first, last }) {
  const { today } = known.book;
  const own = turnsOf(known, known.me);
  const on = (day) => ({ ...dayLine(day), hours: own.filter((one) => one.day === day).map((one) => one.hours).join(" · ") });
  if (!first) {
    const choices = span(today, DAYS).map((day) => ({ ...on(day), href: `/duty?ask=leave&first=${day}` }));
    return { step: "first", back: "/duty", choices, soonest: today };
  }
  if (!last) {
    const choices = span(first, LONGEST).map((day, count) => ({
      ...on(day), note: String(count + 1), href: `/duty?ask=leave&first=${first}&last=${day}`,
    }));
    return { step: "last", back: "/duty?ask=leave", choices, first: noon(first), soonest: first };
  }
  const days = span(first, 1 + (Date.parse(last) - Date.parse(first)) / DAY);
  return {
    step: "why", back: `/duty?ask=leave&first=${first}`, first: noon(first), last: noon(last), days: days.length,
    turns_then: own.filter((one) => days.includes(one.day)).length,
  };
}

function swapSteps(known, { turn, who, give }) {
  const own = turnsOf(known, known.me);
  const asking = swaps(known).filter((one) => one.open && one.verbs.includes("withdraw")).map((one) => one.given.id);
  if (!turn) {
    const free = own.filter((one) => !asking.includes(one.id));
    return { step: "turn", back: "/duty", choices: free.map((one) => ({ ...one, href: `/duty?ask=swap&turn=${one.id}` })) };
  }
  const given = lineOf(known, ...turn.split("~"));
  if (!who) return { step: "who", back: "/duty?ask=swap", given, choices: colleagues(known, given, `/duty?ask=swap&turn=${turn}`) };
  const other = personOf(known, who);
  const named = { given, other: other.name, other_en: other.name_en };
  if (!give) {
    // Whoever works on a day already takes no second turn of it.
    const days = own.filter((one) => one.id !== given.id).map((one) => one.day);
    const theirs = turnsOf(known, who).filter((one) => !days.includes(one.day));
    const here = `/duty?ask=swap&turn=${turn}&who=${who}&give=`;
    return { ...named, step: "give", back: `/duty?ask=swap&turn=${turn}`, choices: theirs.map((one) => ({ ...one, href: here + one.id })), last: `${here}none` };
  }
  const taken = give === "none" ? LINE : lineOf(known, ...give.split("~"));
  return { ...named, step: "sure", back: `/duty?ask=swap&turn=${turn}&who=${who}`, taken };
}

/** Whoever else has the same post, those first who are free that day. */
function colleagues(known, given, here) {
  const { staff } = known.world.snapshot;
  const posts = known.world.snapshot.me.roles;
  const that = known.book.turns.filter((one) => one.day === given.day);
  const rows = new Map(staff.filter((one) => one.id !== known.me && one.roles.some((role) => posts.includes(role))).map((one) => [one.id, one]));
  return [...rows.values()].map((one) => {
    const held = that.filter((turn) => turn.people.includes(one.id)).map((turn) => hours(known.shifts.get(turn.shift_id)));
    return { ...LINE, id: one.id, name: one.name, name_en: one.name_en || one.name, hours: held.join(" · "), note: held.length ? "works" : "free", href: `${here}&who=${one.id}` };
  }).sort((a, b) => a.note.localeCompare(b.note));
}

function turnsOf(known, who) {
  return known.book.turns.filter((one) => one.people.includes(who)).map((one) => lineOf(known, one.shift_id, one.day));
}

function lineOf({ shifts }, shift_id, day) {
  const shift = shifts.get(shift_id);
  if (!shift || !day) return LINE;
  return { ...dayLine(day), id: `${shift_id}~${day}`, name: shift.name, name_en: shift.name_en, hours: hours(shift) };
}

function dayLine(day) {
  const name = (locale) => new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "Asia/Shanghai" }).format(new Date(noon(day)));
  return { ...LINE, id: day, day, at: noon(day), weekday: name("zh-CN"), weekday_en: name("en") };
}

// Noon, so that no zone moves it to another day.
const noon = (day) => `${day}T12:00:00+08:00`;

const span = (first, count) =>
  Array.from({ length: Math.max(0, count) || 0 }, (_, n) => new Date(Date.parse(first) + n * DAY).toISOString().slice(0, 10));

const two = (number) => String(number).padStart(2, "0");
const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
const hours = (shift) => (shift ? `${clock(shift.begins)} – ${clock(shift.begins + shift.minutes)}` : "");

function personOf({ world }, id) {
  const found = world.snapshot.staff.find((one) => one.id === id);
  return { name: found?.name ?? "", name_en: found?.name_en || (found?.name ?? "") };
}

/** What the house knows, and what was asked here and has not arrived, as one list. */
function rowsOf({ world, book }, kind) {
  const known = new Set(book[`${kind}s`].map((one) => one.id));
  const made = world.ops.filter((op) => op.kind === `${kind}.ask` && op.state !== "replaced" && !known.has(op.thread_id));
  const here = made.filter((op) => !covered(world, op)).map((op) => ({ ...bodyOf(op), id: op.thread_id, status: "asked", asked_at: op.client_time }));
  return [...book[`${kind}s`], ...here];
}

const PAST = { accept: "accepted", decline: "declined", withdraw: "withdrawn", ask: "asked" };
const TONES = { asked: "waiting", accepted: "waiting", approved: "yes", declined: "no", refused: "no", withdrawn: "gone" };

function ask(world, row) {
  const ops = localOps(world, row.id);
  const last = world.ops.filter((op) => op.thread_id === row.id && op.state !== "replaced").pop();
  const status = ops.length ? PAST[ops[ops.length - 1].kind.split(".")[1]] : row.status;
  const trouble = last && !standing(last) ? last : null;
  return {
    id: row.id, status, asked_at: row.asked_at, reason: row.reason ?? "", answer: row.answer ?? "", tone: trouble ? "no" : TONES[status],
    send_state: last && !covered(world, last) ? sendState(world, last) : "none",
    problem: trouble ? trouble.message || trouble.code || "unexpected" : "",
    // What the house never took is not there to be taken back.
    open: TONES[status] === "waiting" && !(trouble && trouble.kind.endsWith(".ask")),
  };
}

const NO_SWAP = { given: LINE, taken: LINE, other: "", other_en: "" };

function leaves(known) {
  return rowsOf(known, "leave").map((row) => {
    const found = ask(known.world, row);
    const days = 1 + Math.round((Date.parse(row.last) - Date.parse(row.first)) / DAY);
    return {
      ...found, ...NO_SWAP, kind: "leave", say: `leave_${found.status}`, first: noon(row.first), last: noon(row.last), days,
      verbs: found.open ? ["withdraw"] : [],
    };
  });
}

function swaps(known) {
  return rowsOf(known, "swap").map((row) => {
    const found = ask(known.world, row);
    const asker = (row.asker_id ?? known.me) === known.me;
    const other = personOf(known, asker ? row.other_id : row.asker_id);
    const given = lineOf(known, row.shift_id, row.day);
    const taken = row.other_shift_id && row.other_day ? lineOf(known, row.other_shift_id, row.other_day) : LINE;
    return {
      ...found, kind: "swap", other: other.name, other_en: other.name_en, first: "", last: "", days: 0,
      say: `${asker ? "swap" : "of_me"}_${found.status}`, given, taken,
      verbs: !found.open ? [] : asker ? ["withdraw"] : found.status === "asked" ? ["accept", "decline"] : [],
    };
  });
}
