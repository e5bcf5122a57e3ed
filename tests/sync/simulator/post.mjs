// The way to the server for many schedules at once. One asks only when nothing else of it can happen,
// and what all of them ask then goes in one piece: two processes that take turns at each question
// spend half of their time on the turns. None can tell that it is not alone.

/**
 * @param {(letters: [number, object][]) => object[]} exchange waits for the answers, in their order
 * @param {number} lanes how many schedules run side by side
 */
export function makePost(exchange, lanes) {
  const post = { open: lanes, waiting: [] };
  const send = () => {
    if (post.waiting.length > 0 && post.waiting.length === post.open) carry(post.waiting.splice(0), exchange);
  };
  return {
    /** What one schedule sees of it. */
    lane: (number) => {
      const asked = [];
      return {
        /** Ask the server; `heard` is told the answer before anything else of this schedule happens. */
        ask: (order, heard) => void asked.push({ letter: [number, order], heard }),
        /** Wait until the server has answered all that was asked; whether there was anything. */
        answered: async () => {
          if (asked.length === 0) return false;
          await new Promise((done) => {
            post.waiting.push({ asked: asked.splice(0), done });
            send();
          });
          return true;
        },
      };
    },
    /** A lane has come to its end. */
    close: () => (post.open--, send()),
  };
}

function carry(bags, exchange) {
  const answers = exchange(bags.flatMap(({ asked }) => asked.map(({ letter }) => letter)))[Symbol.iterator]();
  for (const { asked, done } of bags) {
    for (const { heard } of asked) heard(answers.next().value);
    done();
  }
}
