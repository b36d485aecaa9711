"""Creating, changing and finding agents."""

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import UNSET

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import (
    PasswordHash,
    Permission,
    choose_password,
    create_account_in,
    may_grant_in,
    require,
    require_in_person,
    set_email_in,
    set_enabled_in,
    set_password,
    set_role_in,
)
from frontdesk.core.channels import ChannelKind
from frontdesk.core.errors import conflict, forbidden, invalid, not_found
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff.lookup import announce, announce_list, load, load_all
from frontdesk.staff.presence import force_in, start_in
from frontdesk.staff.store import agents as rows
from frontdesk.staff.types import (
    MAX_CAPACITY,
    MAX_LEVEL,
    MAX_NAME,
    MAX_SKILL,
    MAX_SKILLS,
    UNLIMITED,
    Agent,
    AgentChanges,
    AgentKind,
    NewAgent,
    Status,
)

_OWN: Final = "agents"


async def create_agent(platform: Platform, subject: Subject, new: NewAgent) -> Agent:
    """Add a person or a bot. Raises `conflict` when the user name is taken and `forbidden` for a role that may do more
    than the subject; then nothing was added.
    """
    require(subject, Permission.STAFF_MANAGE)
    _check_kind(new)
    password = None
    if new.password is not None:
        password = await choose_password(platform, subject.organization_id, new.username, new.password)
    return await platform.database.write(
        subject.organization_id, lambda tx: create_agent_in(platform, tx, subject, new, password)
    )


async def create_agent_in(
    platform: Platform, tx: Transaction, subject: Subject, new: NewAgent, password: PasswordHash | None
) -> Agent:
    """As `create_agent`, in the caller's transaction and by the caller's right. Without a password nobody signs in with
    one: a bot, or a person whom another provider lets in.
    """
    bot = new.kind is AgentKind.BOT
    name = clean_line(new.name, field="name", limit=MAX_NAME, required=True)
    nickname = clean_line(new.nickname, field="nickname", limit=MAX_NAME) or name
    capacity = UNLIMITED if bot else _capacity(new.capacity)
    organization_id, now = subject.organization_id, platform.clock.now()
    await may_grant_in(tx, subject, new.role)
    await _check_department(tx, organization_id, new.department_id)
    agent_id = await create_account_in(
        platform, tx, organization_id, new.username, password, new.role, new.email
    )
    await rows.insert(
        tx,
        organization_id,
        agent_id=agent_id,
        name=name,
        nickname=nickname,
        kind=new.kind,
        department_id=new.department_id,
        capacity=capacity,
        now=now,
    )
    target = Target("agent", agent_id, new.username)
    await record_in(platform, tx, subject, Action.AGENT_CREATED, target, role=new.role)
    await start_in(tx, organization_id, agent_id, Status.ONLINE if bot else Status.OFFLINE, now)
    announce_list(platform, tx, organization_id, _OWN)
    return await announce(platform, tx, organization_id, agent_id)


async def update_agent(platform: Platform, subject: Subject, agent_id: int, changes: AgentChanges) -> Agent:
    """Change what is set. Disabling signs the agent out everywhere and makes the agent offline, at once.

    Raises `conflict` for what would leave the organization without an enabled administrator.
    """
    require(subject, Permission.STAFF_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> Agent:
        agent = await load(tx, organization_id, agent_id)
        await may_grant_in(tx, subject, agent.role)
        _check_bot(agent, changes)
        await _change_row(tx, organization_id, agent_id, changes)
        if changes.email is not UNSET:
            await set_email_in(tx, organization_id, agent_id, changes.email)
        if changes.role is not UNSET:
            await _change_role_in(platform, tx, subject, agent, changes.role)
        if changes.enabled is not UNSET and changes.enabled != agent.enabled:
            if not changes.enabled:
                await _keep_administrator(tx, agent)
            await set_enabled_in(platform, tx, organization_id, agent_id, enabled=changes.enabled)
            online = changes.enabled and agent.kind is AgentKind.BOT
            status = Status.ONLINE if online else Status.OFFLINE
            await force_in(platform, tx, organization_id, agent_id, status, now=now)
        told = changed_fields(changes)
        if changes.role is not UNSET:
            told["role"] = changes.role
        target = Target("agent", agent_id, agent.username)
        await record_in(platform, tx, subject, Action.AGENT_CHANGED, target, **told)
        announce_list(platform, tx, organization_id, _OWN)
        return await announce(platform, tx, organization_id, agent_id)

    return await platform.database.write(organization_id, work)


async def follow_role_in(
    platform: Platform, tx: Transaction, subject: Subject, agent_id: int, role: str
) -> None:
    """Give the agent the role that their company says they have now; what they have already is left alone.

    Raises `conflict` when this would leave the organization without an enabled administrator.
    """
    agent = await load(tx, subject.organization_id, agent_id)
    if agent.role == role:
        return
    await _change_role_in(platform, tx, subject, agent, role)
    target = Target("agent", agent_id, agent.username)
    await record_in(platform, tx, subject, Action.AGENT_CHANGED, target, fields=["role"], role=role)
    announce_list(platform, tx, subject.organization_id, _OWN)
    await announce(platform, tx, subject.organization_id, agent_id)


async def _change_role_in(
    platform: Platform, tx: Transaction, subject: Subject, agent: Agent, role: str
) -> None:
    if role != agent.role:
        await may_grant_in(tx, subject, role)
        await _keep_administrator(tx, agent)
        await set_role_in(platform, tx, agent.organization_id, agent.id, role)


async def update_me(platform: Platform, subject: Subject, changes: AgentChanges) -> Agent:
    """Change one's own nickname and picture; everything else of `changes` must be unset."""
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("staff.not-an-agent", "Only agents have a profile here.")
    require_in_person(subject)
    allowed = AgentChanges(nickname=changes.nickname, avatar_media_id=changes.avatar_media_id)
    if allowed != changes:
        raise forbidden(
            "staff.not-yours", "You may change your nickname and your picture.", hint="Ask an administrator."
        )

    async def work(tx: Transaction) -> Agent:
        await _change_row(tx, subject.organization_id, subject.id, allowed)
        announce_list(platform, tx, subject.organization_id, _OWN)
        return await announce(platform, tx, subject.organization_id, subject.id)

    return await platform.database.write(subject.organization_id, work)


async def reset_password(platform: Platform, subject: Subject, agent_id: int, password: str) -> None:
    """Give an agent a new password and sign the agent out everywhere."""
    require(subject, Permission.STAFF_MANAGE)

    async def read(reader: Reader) -> Agent:
        agent = await load(reader, subject.organization_id, agent_id)
        await may_grant_in(reader, subject, agent.role)
        return agent

    agent = await platform.database.read(subject.organization_id, read)
    if agent.kind is AgentKind.BOT:
        raise invalid("staff.bot", "A bot does not sign in, so it has no password.")
    await set_password(platform, subject, agent_id, password)


async def get_agent(platform: Platform, subject: Subject, agent_id: int) -> Agent:
    """One agent. Everybody may see themselves."""
    if subject.kind is not SubjectKind.AGENT or subject.id != agent_id:
        require(subject, Permission.STAFF_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: load(reader, subject.organization_id, agent_id)
    )


async def list_agents(platform: Platform, subject: Subject) -> list[Agent]:
    """Every agent of the organization, people and bots, enabled or not, in the order of their creation."""
    require(subject, Permission.STAFF_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: load_all(reader, subject.organization_id)
    )


def _check_kind(new: NewAgent) -> None:
    if new.kind is AgentKind.HUMAN and new.password is None:
        raise invalid(
            "staff.password-missing", "A person needs a password to sign in.", hint="Give a first password."
        )
    if new.kind is AgentKind.BOT and (new.password is not None or new.role != Role.AGENT or new.email):
        raise invalid(
            "staff.bot",
            "A bot does not sign in: it has no password, no role and no e-mail address.",
            hint="Leave them out.",
        )


def _check_bot(agent: Agent, changes: AgentChanges) -> None:
    given = any(one is not UNSET for one in (changes.capacity, changes.limits, changes.role))
    if agent.kind is AgentKind.BOT and (given or (changes.email is not UNSET and changes.email)):
        raise invalid(
            "staff.bot",
            "A bot has no role, no e-mail address and no limit of conversations.",
            hint="Leave them out.",
        )


def _capacity(value: int) -> int:
    if not 0 <= value <= MAX_CAPACITY:
        raise invalid(
            "staff.capacity", f"An agent serves between 0 and {MAX_CAPACITY} conversations at once."
        )
    return value


def _limits(given: Mapping[ChannelKind, int]) -> dict[str, int]:
    return {kind.value: _capacity(most) for kind, most in sorted(given.items())}


def _skills(given: Mapping[str, int]) -> dict[str, int]:
    if len(given) > MAX_SKILLS:
        raise invalid("staff.too-many-skills", f"An agent has at most {MAX_SKILLS} skills.")
    if any(not 1 <= level <= MAX_LEVEL for level in given.values()):
        raise invalid("staff.level", f"A skill's level is between 1 and {MAX_LEVEL}.")
    return {
        clean_line(name, field="skill", limit=MAX_SKILL, required=True): level
        for name, level in sorted(given.items())
    }


async def _check_department(reader: Reader, organization_id: int, department_id: int | None) -> None:
    if (
        department_id is not None
        and await rows.find_department(reader, organization_id, department_id) is None
    ):
        raise not_found("department")


async def _change_row(tx: Transaction, organization_id: int, agent_id: int, changes: AgentChanges) -> None:
    row = await rows.find(tx, organization_id, agent_id)
    if row is None:
        raise not_found("agent")
    if changes.name is not UNSET:
        name = clean_line(changes.name, field="name", limit=MAX_NAME, required=True)
        row = msgspec.structs.replace(row, name=name)
    if changes.nickname is not UNSET:
        nickname = clean_line(changes.nickname, field="nickname", limit=MAX_NAME) or row.name
        row = msgspec.structs.replace(row, nickname=nickname)
    if changes.avatar_media_id is not UNSET:
        row = msgspec.structs.replace(row, avatar_media_id=changes.avatar_media_id)
    if changes.department_id is not UNSET:
        await _check_department(tx, organization_id, changes.department_id)
        row = msgspec.structs.replace(row, department_id=changes.department_id)
    if changes.capacity is not UNSET:
        row = msgspec.structs.replace(row, capacity=_capacity(changes.capacity))
    if changes.limits is not UNSET:
        row = msgspec.structs.replace(row, limits=_limits(changes.limits))
    if changes.skills is not UNSET:
        row = msgspec.structs.replace(row, skills=_skills(changes.skills))
    await rows.update(tx, organization_id, row)


async def _keep_administrator(tx: Transaction, agent: Agent) -> None:
    """Raise when nobody else is an enabled administrator."""
    if agent.role != Role.ADMINISTRATOR or not agent.enabled:
        return
    others = await load_all(tx, agent.organization_id)
    if not any(one.role == Role.ADMINISTRATOR and one.enabled and one.id != agent.id for one in others):
        raise conflict(
            "staff.last-administrator",
            "This is the only administrator left.",
            hint="Make somebody else an administrator first.",
        )
