// Where something can be done again that the server did not take.

const PAGES = {
  "round.start": () => "/today", "round.visit": walked, "round.finish": walked, "order.report": () => "/report",
  "letter.sign": () => "/letters", "leave.ask": () => "/duty?ask=leave", "swap.ask": () => "/duty?ask=swap",
  "message.read": () => "/messages", "account.choose_language": () => "/me",
};
const AREAS = { order: opened, leave: () => "/duty", swap: () => "/duty" };

function walked({ thread_id }) {
  return `/run?run=${thread_id}`;
}

// Who only lives here has matters, and no orders.
function opened({ thread_id }, roles) {
  const home = roles.includes("owner") && roles.length === 1 ? "/matter" : "/orders";
  return `${home}?order=${thread_id}`;
}

/**
 * The page for it.
 * @param {{kind: string, thread_id: string}} op
 * @param {string[]} roles of its person
 */
export function pageAgain(op, roles) {
  const page = PAGES[op.kind] ?? AREAS[op.kind.split(".")[0]];
  return page ? page(op, roles) : "/";
}
