// What other people left on this phone goes up by their push tokens; nothing of it is shown to anybody.
import { fly } from "./core/flight.js";
import { heldPush } from "./core/push.js";
import { openStore, peopleHere } from "./store.js";
import { waitingIn } from "./upkeep.js";

const refused = new Set();
const silent = { onProgress: () => {}, onGreeting: () => {}, alive: () => {} };

/** Send what waits of everybody but this person; whose token is refused has to come back themselves. */
export async function sendForOthers(port) {
  for (const person of await peopleHere()) {
    if (person !== port.person && !refused.has(person) && (await left(person)) > 0) await sendFor(port, person);
  }
}

const left = (person) => waitingIn(`propapp-${person}`).catch(() => 0);

async function sendFor(port, person) {
  const store = await openStore(person, () => {});
  try {
    const token = await heldPush(store);
    const landed = token && (await alone(person, () => fly({ ...port, ...silent, store, person, token })));
    if (!token || landed?.word === "sign_in") refused.add(person);
  } finally {
    store.close();
  }
}

/** One flight for each person, however many tabs are open; null when another tab has it. */
function alone(person, work) {
  if (!navigator.locks) return work();
  return navigator.locks.request(`sync:${person}`, { ifAvailable: true }, (mine) => (mine ? work() : null));
}
