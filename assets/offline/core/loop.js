// When to fly: at once when there is a reason, later and later while there is trouble, never twice.

const FIRST = 1000;
const LONGEST = 5 * 60 * 1000;
const SILENCE = 2 * 60 * 1000;

/**
 * @param {object} port
 * @param {() => Promise<{word: string, wait: number, troubled: boolean}>} port.fly
 * @param {(ms: number, work: () => void) => (() => void)} port.later returns how to call it off
 * @param {() => number} port.monotonic
 * @param {() => number} port.chance between 0 and 1
 * @param {(word: string) => void} port.onWord
 */
export function makeLoop(port) {
  const loop = { failures: 0, flight: null, again: false, planned: false, notBefore: 0, callOff: () => {}, stopped: false };
  return {
    /** A reason to try now: something was captured, the network or the person came back. */
    wake: () => wake(port, loop),
    /** Another tab keeps something new: should it not live to send it, this one will. */
    remind: () => loop.flight || loop.planned || plan(port, loop, backoff(port, 3)),
    /** The flight gave a sign of life. */
    alive: () => loop.flight && (loop.flight.heard = port.monotonic()),
    stop: () => ((loop.stopped = true), loop.callOff()),
    flying: () => loop.flight !== null,
  };
}

function wake(port, loop) {
  loop.failures = 0;
  const silent = loop.flight && port.monotonic() - loop.flight.heard > SILENCE;
  if (loop.flight && !silent) return void (loop.again = true);
  const wait = loop.notBefore - port.monotonic();
  if (wait > 0) return plan(port, loop, wait);
  void run(port, loop);
}

function plan(port, loop, ms) {
  loop.callOff();
  if (loop.stopped) return;
  loop.planned = true;
  loop.callOff = port.later(ms, () => run(port, loop));
}

async function run(port, loop) {
  if (loop.stopped) return;
  const flight = (loop.flight = { heard: port.monotonic() });
  loop.again = loop.planned = false;
  watch(port, loop, flight);
  const result = await port.fly().catch(() => ({ word: "offline", wait: 0, troubled: true }));
  if (loop.flight !== flight || loop.stopped) return;
  loop.flight = null;
  loop.callOff();
  loop.planned = false;
  port.onWord(result.word);
  after(port, loop, result);
}

// A flight that gives no sign of life for so long never comes back: another one takes its place.
function watch(port, loop, flight) {
  loop.callOff();
  loop.callOff = port.later(SILENCE, () => {
    if (loop.flight !== flight) return;
    if (port.monotonic() - flight.heard >= SILENCE) void run(port, loop);
    else watch(port, loop, flight);
  });
}

function after(port, loop, result) {
  loop.notBefore = result.wait ? port.monotonic() + result.wait : 0;
  if (!result.troubled) {
    loop.failures = 0;
    if (loop.again) void run(port, loop);
    return;
  }
  loop.failures++;
  // A reason that came during the flight deserves one try soon, but no race against a dead server.
  const pause = loop.again ? FIRST : backoff(port, loop.failures);
  plan(port, loop, Math.max(result.wait, pause));
}

/** Full jitter: anywhere between one second and a ceiling that doubles up to five minutes. */
export function backoff(port, failures) {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 20));
  return FIRST + Math.floor(port.chance() * (ceiling - FIRST));
}
