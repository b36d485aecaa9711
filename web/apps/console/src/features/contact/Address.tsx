import { safeHref } from "../../shared/format/links.ts";

/** A page of the visitor's as a link; what may not be opened is only told. */
export function Address({ address, title }: { address: string; title: string }) {
  const href = safeHref(address);
  const shown = title || address.replace(/^https?:\/\//, "");
  return href ? (
    <a href={href} title={address} target="_blank" rel="noopener noreferrer nofollow">
      {shown}
    </a>
  ) : (
    <span>{shown}</span>
  );
}
