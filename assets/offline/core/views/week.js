// My week: turns, rounds and tasks of the next days, as the last snapshot said them.
import { WEEK } from "./empty.js";

/** @param {import("../overlay.js").World} world */
export function week(world) {
  const { snapshot } = world;
  // A snapshot of an older server has no week.
  if (!snapshot?.week) return WEEK;
  const routes = new Map(snapshot.routes.map((one) => [one.id, one]));
  return { ready: true, days: snapshot.week.map((one) => day(one, routes)) };
}

function day({ day: date, turns, rounds, tasks }, routes) {
  // Noon, so that no zone moves it to another day.
  const at = `${date}T12:00:00+08:00`;
  const name = (locale) => new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "Asia/Shanghai" }).format(new Date(at));
  return {
    at, weekday: name("zh-CN"), weekday_en: name("en"), tasks,
    turns: turns.map((one) => ({ ...one, hours: `${clock(one.begins)} – ${clock(one.begins + one.minutes)}` })),
    rounds: rounds.filter((one) => routes.has(one.route_id)).map(({ route_id, windows }) => ({
      id: route_id, route: routes.get(route_id).name, route_en: routes.get(route_id).name_en, count: windows.length,
      first: windows[0][0], last: windows[windows.length - 1][1],
    })),
    free: turns.length + rounds.length + tasks.length === 0,
  };
}

const two = (number) => String(number).padStart(2, "0");
const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
