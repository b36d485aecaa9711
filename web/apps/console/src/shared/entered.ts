/** The query that the page was opened with, before the router has tidied the address. */
export const enteredWith = window.location.search;
/** The same of what stands behind the #, which servers never see. */
export const enteredAt = window.location.hash;
