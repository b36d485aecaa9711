/** The query that the page was opened with, before the router has tidied the address. */
export const enteredWith = window.location.search;
