// What people of the simulator do, in the words of the protocol.

/** What the server can do. */
export const KNOWN = "round.visit";
/** What only a later server can do: it keeps it for then. */
export const FUTURE = "round.of_next_year";
/** What no server will ever read: it is refused with the whole request it came in. */
export const UNREADABLE = "x".repeat(70);

/** @param {number} number @returns {string} one of the six threads, as an id */
export const threadOf = (number) => `00000000-0000-4000-9000-00000000000${number}`;

/** @param {{number: number, refuse: boolean}} deed @param {string[]} photos */
export const bodyOf = ({ number, refuse }, photos) => ({ number, refuse, photos: photos.map((sha256) => ({ sha256 })) });
