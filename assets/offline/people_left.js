// Whose work lies on this phone beside one's own: a name and two counts, never what it is.
import { peopleHere } from "./store.js";
import { leftIn, within } from "./upkeep.js";

/** Everybody but this person of whom something waits or needs attention here. */
export async function peopleLeft(person) {
  const others = (await peopleHere()).filter((one) => one !== person);
  const lines = await Promise.all(others.map((one) => lineOf(one).catch(() => null)));
  return lines.filter((one) => one && one.waiting + one.attention > 0);
}

async function lineOf(id) {
  const { waiting, attention } = await leftIn(`propapp-${id}`);
  return { id, ...(await nameIn(`propapp-${id}`).catch(() => NO_NAME)), waiting, attention };
}

const NO_NAME = { name: "", name_en: "" };

// As the server last called them on this phone.
async function nameIn(database) {
  const kept = await within(database, (db) => db.get("snapshot", "last"));
  const { name = "", name_en = "" } = kept?.value?.me ?? {};
  return { name, name_en };
}
