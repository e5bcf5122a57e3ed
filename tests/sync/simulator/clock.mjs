// Time that passes only when everything that could happen at this moment has happened.

/**
 * @param {number} start
 * @param {() => Promise<boolean>} answered waits for answers from outside; whether there were any
 */
export function makeClock(start, answered = async () => false) {
  const clock = { now: start, queue: [], count: 0 };
  const later = (ms, work) => {
    const entry = { at: clock.now + Math.max(0, ms), order: clock.count++, work };
    insert(clock.queue, entry);
    return () => (entry.work = () => {});
  };
  // Everything that waits for nothing but itself gets done, and what came of it.
  const settle = async () => {
    do await idle();
    while (await answered());
  };
  return {
    now: () => clock.now, later,
    sleep: (ms) => new Promise((resolve) => later(ms, resolve)),
    /** Let time pass until then. */
    run: async (until) => {
      await settle();
      while (clock.queue.length > 0 && clock.queue[0].at <= until) {
        const entry = clock.queue.shift();
        clock.now = Math.max(clock.now, entry.at);
        entry.work();
        await settle();
      }
      clock.now = Math.max(clock.now, until);
    },
  };
}

function insert(queue, entry) {
  let place = queue.length;
  while (place > 0 && later(queue[place - 1], entry)) place--;
  queue.splice(place, 0, entry);
}

const later = (a, b) => a.at > b.at || (a.at === b.at && a.order > b.order);

const idle = () => new Promise((resolve) => setImmediate(resolve));
