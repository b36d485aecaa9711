/**
 * Where a link really leads, when its words or its letters make one expect something else. Browsers give a host in ASCII
 * ("xn--…"), so two hosts that look alike are told apart by it.
 */

/** Letters that are taken for others: a host is shown as it was typed only if all of it is of one of these. */
const honest = [
  /^[a-z0-9.à-öø-ÿ-]+$/iu,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー0-9.-]+(?:\.[a-z]+)?$/iu,
  /^[\p{Script=Arabic}\p{Mn}0-9.-]+(?:\.[a-z]+)?$/iu,
  /^[\p{Script=Hebrew}0-9.-]+(?:\.[a-z]+)?$/iu,
  /^[\p{Script=Thai}0-9.-]+(?:\.[a-z]+)?$/iu,
  /^[\p{Script=Devanagari}0-9.-]+(?:\.[a-z]+)?$/iu,
  /^[\p{Script=Cyrillic}0-9-]+\.[\p{Script=Cyrillic}0-9.-]+$/iu,
  /^[\p{Script=Greek}0-9-]+\.[\p{Script=Greek}0-9.-]+$/iu,
];
const typed = /^\s*(https?:\/\/)?([^\s/?#:@\\]+\.([^\s/?#:@\\.]+))/iu;
const known = /^(?:com|net|org|cn|gov|edu|shop|bank|app|io|de|uk|jp|eu)$/i;

const bare = (host: string) => host.toLowerCase().replace(/^www\./, "");

/** The host that these words name, as a person would read them. */
function named(words: string): string | null {
  const [, scheme, host = "", last = ""] = typed.exec(words) ?? [];
  return scheme || known.test(last) ? host : null;
}

function ascii(host: string): string {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return "";
  }
}

/** The host of a link in ASCII when the words that are shown hide it, else null. */
export function hiddenHost(words: string, href: string): string | null {
  if (!/^https?:/i.test(href)) return null;
  const { hostname, username, password } = new URL(href);
  if (username || password) return hostname;
  const host = named(words);
  if (host === null) return null;
  const same = bare(ascii(host)) === bare(hostname);
  return same && honest.some((letters) => letters.test(host)) ? null : hostname;
}
