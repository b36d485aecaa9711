import type { KnowledgeHit } from "@frontdesk/api";
import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy, IconMessageForward } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { Marked } from "../../../shared/ui/Marked.tsx";
import styles from "./lookup.module.css";

interface Props {
  readonly hit: KnowledgeHit;
  readonly first: boolean;
  /** Undefined where one may not answer. */
  readonly answer: (() => void) | undefined;
}

/** A known question; the best one shows its answer at once. */
export function Hit({ hit, first, answer }: Props) {
  const { t } = useTranslation();
  return (
    <li>
      <details className={styles.hit} open={first}>
        <summary>
          <span>{hit.question}</span>
        </summary>
        <Marked text={hit.answer} className={styles.answer} />
        <p className={styles.base}>{hit.knowledge_base}</p>
        <div className={styles.buttons}>
          {answer ? (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconMessageForward size={15} aria-hidden="true" />}
              onClick={answer}
            >
              {t("lookup.answer")}
            </Button>
          ) : null}
          <CopyButton value={hit.answer}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={
                  copied ? (
                    <IconCheck size={15} aria-hidden="true" />
                  ) : (
                    <IconCopy size={15} aria-hidden="true" />
                  )
                }
                onClick={copy}
              >
                {t(copied ? "lookup.copied" : "lookup.copy")}
              </Button>
            )}
          </CopyButton>
        </div>
      </details>
    </li>
  );
}
