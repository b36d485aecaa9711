"""That something about quality changed: who shows it asks anew, and gets what they may see."""

from frontdesk.conversations import ChangedFrame, publish_frame, staff_subject
from frontdesk.platform import Platform, Transaction


def announce(platform: Platform, tx: Transaction, organization_id: int) -> None:
    tx.after_commit(
        lambda: publish_frame(platform.bus, staff_subject(organization_id), ChangedFrame(topic="quality"))
    )
