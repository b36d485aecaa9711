import type { Review } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import styles from "./quality.module.css";
import { ReviewRow } from "./ReviewRow.tsx";

interface Props {
  readonly reviews: readonly Review[];
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  /** Opens one's own review to change it; without it nothing is changed here. */
  readonly change?: (review: Review) => void;
}

export function ReviewList({ reviews, query, change }: Props) {
  const { t } = useTranslation();
  if (reviews.length === 0) return null;
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews" className={styles.heading}>
        {t("quality.list")}
      </h2>
      <ul className={admin.rows}>
        {reviews.map((review) => (
          <ReviewRow key={review.id} review={review} change={change} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          mt="md"
          size="xs"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : null}
    </section>
  );
}
