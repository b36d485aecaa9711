import type { Review } from "@frontdesk/api";
import { IconClipboardCheck } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { averagesQuery, type ReviewFilter, reviewsQuery } from "../../shared/reviewing/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { Averages } from "./Averages.tsx";
import { Filters } from "./Filters.tsx";
import { type Period, since } from "./periods.ts";
import { ReviewList } from "./ReviewList.tsx";

const ReviewDialog = lazy(() => import("../../shared/reviewing/ReviewDialog.tsx"));

export function AllReviews() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReviewFilter>({});
  const [period, setPeriod] = useState<Period>("d30");
  const [changed, setChanged] = useState<Review | null>(null);
  const filter = useMemo(() => ({ ...chosen, since: since(period) }), [chosen, period]);
  const averages = useQuery(averagesQuery(filter));
  const query = useInfiniteQuery(reviewsQuery(filter));
  const reviews = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const narrowed = Object.values(chosen).some(Boolean);
  const none = period === "always" ? t("quality.none") : t("quality.noneThen");
  return (
    <>
      <Filters filter={chosen} change={setChosen} period={period} setPeriod={setPeriod} />
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && reviews.length === 0 ? (
        <Nothing
          icon={<IconClipboardCheck size={28} />}
          title={narrowed ? t("quality.noneFound") : none}
        >
          {t(narrowed ? "quality.noneFoundHint" : "quality.noneHint")}
        </Nothing>
      ) : null}
      {reviews.length > 0 && averages.data ? (
        <Averages
          averages={averages.data}
          selected={chosen.agent_id}
          select={(agent_id) => setChosen({ ...chosen, agent_id })}
        />
      ) : null}
      <ReviewList reviews={reviews} query={query} change={setChanged} />
      {changed ? (
        <Suspense fallback={null}>
          <ReviewDialog
            conversation={changed.conversation_id}
            name={changed.contact_name}
            agent={changed.agent_id}
            close={() => setChanged(null)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
