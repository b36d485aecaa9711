import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { Page } from "../../shared/admin/Page.tsx";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { AllReviews } from "./AllReviews.tsx";
import { OwnReviews } from "./OwnReviews.tsx";

/** What colleagues who review remarked: reviewers see those whom they watch over, everybody what is about themselves. */
export function Quality() {
  const { t } = useTranslation();
  const reviews = can(useMe(), "quality.score");
  const [whose, setWhose] = useState(reviews ? "all" : "own");
  return (
    <Page
      title={t("shell.quality")}
      hint={t(whose === "all" ? "quality.hint" : "quality.ownHint")}
      actions={
        reviews ? (
          <SegmentedControl
            size="xs"
            aria-label={t("quality.whose")}
            data={[
              { value: "all", label: t("quality.all") },
              { value: "own", label: t("quality.own") },
            ]}
            value={whose}
            onChange={setWhose}
          />
        ) : null
      }
    >
      {whose === "all" ? <AllReviews /> : <OwnReviews />}
    </Page>
  );
}
