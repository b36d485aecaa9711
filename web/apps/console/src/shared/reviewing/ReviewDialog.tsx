import { Loader, Select } from "@mantine/core";
import { IconClipboardCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { admin } from "../../i18n/en/admin.ts";
import * as words from "../../i18n/en/reviewing.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { useMe } from "../session/session.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Nothing } from "../ui/Nothing.tsx";
import { reviewedQuery, scorecardQuery } from "./queries.ts";
import { ReviewForm } from "./ReviewForm.tsx";
import { useNames } from "./useNames.ts";

addEnglish({ ...words, admin });

interface Props {
  readonly conversation: string;
  /** The customer's. */
  readonly name: string;
  /** Whose handling is looked at first; the last one's where nobody is named. */
  readonly agent?: string | undefined;
  readonly close: () => void;
}

export default function ReviewDialog({ conversation, name, agent, close }: Props) {
  const { t } = useTranslation();
  const me = useMe().agent.id;
  const nameOf = useNames();
  const reviewed = useQuery(reviewedQuery(conversation));
  const scorecard = useQuery(scorecardQuery);
  const [chosen, setChosen] = useState(agent);
  const title = t("reviewing.title", { name });
  const failed = [reviewed, scorecard].find(({ isError }) => isError);
  if (failed) {
    return (
      <Dialog opened onClose={close} title={title}>
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      </Dialog>
    );
  }
  if (!reviewed.data || !scorecard.data) {
    return (
      <Dialog opened onClose={close} title={title}>
        <Loader size="sm" aria-label={t("common.loading")} />
      </Dialog>
    );
  }
  const { agents, reviews } = reviewed.data;
  const whose = chosen ?? agents.at(-1);
  const known = reviews.find((each) => each.agent_id === whose && each.reviewer_id === me);
  const version = known?.scorecard ?? scorecard.data.version;
  if (!whose || version === 0) {
    return (
      <Dialog opened onClose={close} title={title}>
        <Nothing
          icon={<IconClipboardCheck size={28} />}
          title={t(whose ? "reviewing.noScorecard" : "reviewing.nobody")}
        >
          {t(whose ? "reviewing.noScorecardHint" : "reviewing.nobodyHint")}
        </Nothing>
      </Dialog>
    );
  }
  return (
    <ReviewForm
      key={`${whose} ${version}`}
      title={title}
      path={`/v1/conversations/${conversation}/reviews/${whose}`}
      scorecard={version}
      criteria={known?.criteria ?? scorecard.data.criteria}
      known={known}
      close={close}
    >
      <Select
        label={t("reviewing.agent")}
        allowDeselect={false}
        data={[...new Set([...agents, whose])].map((id) => ({ value: id, label: nameOf(id) }))}
        value={whose}
        onChange={(value) => setChosen(value ?? whose)}
      />
    </ReviewForm>
  );
}
