/** Load the page afresh: what was kept on the phone is read again. */
export const loadAgain = () => location.reload();
