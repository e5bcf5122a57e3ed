// Today's rounds, with what was walked on this phone laid over what the server knows.
import { bodyOf, fetchedAt, stale, standing, threadState } from "../overlay.js";
import { TODAY } from "./empty.js";

const MINUTE = 60_000;
const NOW = ["running", "late", "open", "elsewhere"];

/** @param {import("../overlay.js").World} world */
export function today(world) {
  const { snapshot } = world;
  if (!snapshot) return TODAY;
  const rounds = snapshot.occurrences.map((one) => round(world, one)).filter(Boolean)
    .sort((a, b) => a.opens_at.localeCompare(b.opens_at));
  const current = rounds.filter((one) => NOW.includes(one.phase)).sort(mineFirst);
  const later = rounds.filter((one) => one.phase === "upcoming");
  return {
    ready: true, stale: stale(world), fetched_at: fetchedAt(world), name: snapshot.me.name,
    name_en: snapshot.me.name_en, rounds, current, later,
    past: rounds.filter((one) => one.phase === "done" || one.phase === "missed").reverse(),
    next_round: later[0]?.opens_at ?? "",
    all_done: rounds.length > 0 && !current.some((one) => one.phase !== "elsewhere"),
  };
}

const mineFirst = (a, b) =>
  Number(b.mine) - Number(a.mine) || NOW.indexOf(a.phase) - NOW.indexOf(b.phase) || a.closes_at.localeCompare(b.closes_at);

function round(world, occurrence) {
  const route = world.snapshot.routes.find((one) => one.id === occurrence.route_id);
  if (!route) return null;
  const run = runOf(world, occurrence);
  const phase = phaseOf(world, occurrence, run);
  return {
    id: occurrence.id, route: route.name, route_en: route.name_en, opens_at: occurrence.opens_at,
    closes_at: occurrence.closes_at, job: isJob(world.snapshot, route), phase, mine: phase === "running", done: run.done,
    total: run.total || route.points.length, run_id: run.id, walker: run.walker, walker_en: run.walker_en,
    send_state: run.id ? threadState(world, run.id) : "none",
  };
}

/** Whether anything hangs there, or ever did: a code that ended is scanned too, and is told so. */
export const coded = ({ code_sha256, ended_sha256 = [] }) => Boolean(code_sha256) || ended_sha256.length > 0;

/** A single job has one stop, and nothing hangs there. */
const isJob = ({ checkpoints }, { points }) =>
  points.length === 1 && checkpoints.some((one) => one.id === points[0].checkpoint_id && !coded(one));

const NO_RUN = { id: "", mine: false, status: "", done: 0, total: 0, walker: "", walker_en: "" };

/** The run of an occurrence. One of this phone comes first: what the server says of it may be older. */
export function runOf(world, occurrence) {
  const own = ownRun(world, occurrence);
  if (own) return own;
  const { run } = occurrence;
  if (!run) return NO_RUN;
  return {
    id: run.id, mine: run.person_id === world.snapshot.me.id, status: run.status, done: run.points_done,
    total: run.points_total, walker: run.person_name, walker_en: run.person_name_en || run.person_name,
  };
}

function ownRun(world, occurrence) {
  const starts = world.ops.filter((op) => op.kind === "round.start" && standing(op)
    && bodyOf(op).occurrence_id === occurrence.id);
  const start = starts[starts.length - 1];
  if (!start) return null;
  const id = start.thread_id;
  const told = occurrence.run?.id === id ? occurrence.run : null;
  const done = Math.max(visited(world, id).size, told?.points_done ?? 0);
  const status = finished(world, id) ? "finished" : told?.status ?? "running";
  const { name, name_en } = world.snapshot.me;
  return { id, mine: true, status, done, total: told?.points_total ?? 0, walker: name, walker_en: name_en };
}

/** The last visit of this phone to each point of a run. */
export function visited(world, run) {
  const visits = world.ops.filter((op) => op.thread_id === run && op.kind === "round.visit" && op.state !== "replaced");
  return new Map(visits.map((op) => [bodyOf(op).point_id, op]));
}

export const finished = (world, run) =>
  world.ops.some((op) => op.thread_id === run && op.kind === "round.finish" && standing(op));

function phaseOf(world, occurrence, run) {
  if (run.status === "finished" || run.status === "sealed") return "done";
  if (run.status === "running") return run.mine ? "running" : "elsewhere";
  if (world.now < Date.parse(occurrence.opens_at)) return "upcoming";
  const closes = Date.parse(occurrence.closes_at);
  if (occurrence.missed_at || world.now > closes + (occurrence.grace ?? 0) * MINUTE) return "missed";
  return world.now > closes ? "late" : "open";
}
