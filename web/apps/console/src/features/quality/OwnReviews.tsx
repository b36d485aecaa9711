import { IconClipboardCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import { ownReviewsQuery } from "../../shared/reviewing/queries.ts";
import { usePercent } from "../../shared/reviewing/usePercent.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { PeriodChoice } from "./PeriodChoice.tsx";
import { type Period, since } from "./periods.ts";
import styles from "./quality.module.css";
import { ReviewList } from "./ReviewList.tsx";

/** What was remarked about oneself. */
export function OwnReviews() {
  const { t } = useTranslation();
  const [period, setPeriod] = useState<Period>("d90");
  const from = useMemo(() => since(period), [period]);
  const format = usePercent(1);
  const query = useInfiniteQuery(ownReviewsQuery(from));
  const reviews = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const average = query.data?.pages[0]?.average;
  return (
    <>
      <div className={admin.tools}>
        <PeriodChoice value={period} choose={setPeriod} />
      </div>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && reviews.length === 0 ? (
        <Nothing icon={<IconClipboardCheck size={28} />} title={t("quality.noneOwn")}>
          {t("quality.noneOwnHint")}
        </Nothing>
      ) : null}
      {average?.reviews ? (
        <p className={styles.own}>
          {t("quality.average")} <strong>{format(average.percent)}</strong>
          <small>{t("quality.reviews", { count: average.reviews })}</small>
        </p>
      ) : null}
      <ReviewList reviews={reviews} query={query} />
    </>
  );
}
