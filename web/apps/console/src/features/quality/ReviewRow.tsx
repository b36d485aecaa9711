import type { Review } from "@frontdesk/api";
import { Anchor, Button } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import { dateTime } from "../../shared/format/time.ts";
import { useNames } from "../../shared/reviewing/useNames.ts";
import { usePercent } from "../../shared/reviewing/usePercent.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import styles from "./quality.module.css";

interface Props {
  readonly review: Review;
  readonly change?: ((review: Review) => void) | undefined;
}

/** A review with its remark; its points are a click away. */
export function ReviewRow({ review, change }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const nameOf = useNames();
  const format = usePercent();
  const time = (at: number) => dateTime(at, Date.now(), i18n.language);
  const by = t("quality.by", {
    reviewer: nameOf(review.reviewer_id),
    time: time(review.given_at),
  });
  const contact = review.contact_name;
  const later =
    review.version > 1 ? ` · ${t("quality.changed", { time: time(review.changed_at) })}` : "";
  return (
    <li>
      <details className={styles.review}>
        <summary className={admin.row}>
          <span className={admin.main}>
            <strong>
              {review.agent_id === me.agent.id
                ? t("quality.with", { contact })
                : t("quality.about", { agent: nameOf(review.agent_id), contact })}
            </strong>
            <small>
              {by}
              {later}
            </small>
            {review.remark ? <span className={styles.remark}>{review.remark}</span> : null}
          </span>
          <span className={styles.figure}>{format(review.percent)}</span>
          <IconChevronDown className={styles.chevron} size={16} aria-hidden="true" />
        </summary>
        <div className={styles.more}>
          <dl className={styles.criteria}>
            {review.criteria.map(({ name, points }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{t("quality.points", { points })}</dd>
              </div>
            ))}
          </dl>
          {review.remark ? null : <p className={styles.none}>{t("quality.noRemark")}</p>}
          <div className={styles.ways}>
            {can(me, "search.use") ? (
              <Anchor
                renderRoot={(props) => (
                  <Link to="/history" search={{ open: review.conversation_id }} {...props} />
                )}
              >
                {t("quality.open")}
              </Anchor>
            ) : null}
            {change && review.reviewer_id === me.agent.id ? (
              <Button size="compact-sm" variant="default" onClick={() => change(review)}>
                {t("quality.change")}
              </Button>
            ) : null}
          </div>
        </div>
      </details>
    </li>
  );
}
